SELECT i.id AS incident_id, found.orders, found.total_cents
FROM incidents i
CROSS JOIN LATERAL (
    SELECT count(*) AS orders, coalesce(sum(total_cents), 0) AS total_cents
    FROM orders
    WHERE placed_at >= i.first_day AND placed_at < i.last_day + 1
       OR paid_at >= i.first_day AND paid_at < i.last_day + 1
) found
ORDER BY i.id;
