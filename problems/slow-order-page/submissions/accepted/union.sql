WITH touched AS (
    SELECT i.id AS incident_id, o.id, o.total_cents
    FROM incidents i
    JOIN orders o ON o.placed_at >= i.first_day AND o.placed_at < i.last_day + 1
    UNION
    SELECT i.id, o.id, o.total_cents
    FROM incidents i
    JOIN orders o ON o.paid_at >= i.first_day AND o.paid_at < i.last_day + 1
)
SELECT i.id AS incident_id, count(t.id) AS orders, coalesce(sum(t.total_cents), 0) AS total_cents
FROM incidents i
LEFT JOIN touched t ON t.incident_id = i.id
GROUP BY i.id
ORDER BY i.id;
