-- mistake: At least one comparison still has a cast around the column, so no index fits it, and all orders are read again for each incident.
-- fails: 300,000 orders
WITH touched AS (
    SELECT i.id AS incident_id, o.id, o.total_cents
    FROM incidents i
    JOIN orders o ON o.placed_at::date BETWEEN i.first_day AND i.last_day
    UNION
    SELECT i.id, o.id, o.total_cents
    FROM incidents i
    JOIN orders o ON o.paid_at::date BETWEEN i.first_day AND i.last_day
)
SELECT i.id AS incident_id, count(t.id) AS orders, coalesce(sum(t.total_cents), 0) AS total_cents
FROM incidents i
LEFT JOIN touched t ON t.incident_id = i.id
GROUP BY i.id
ORDER BY i.id;
