SELECT i.id AS incident_id, count(o.id) AS orders, coalesce(sum(o.total_cents), 0) AS total_cents
FROM incidents i
LEFT JOIN orders o
       ON (o.placed_at >= i.first_day AND o.placed_at < i.last_day + 1)
       OR (o.paid_at >= i.first_day AND o.paid_at < i.last_day + 1)
GROUP BY i.id
ORDER BY i.id;
