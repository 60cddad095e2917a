-- mistake: Doubles are taken out by amount, sum(DISTINCT ...): two different orders of the same amount are taken for one.
-- fails: two orders with the same amount
WITH touched AS (
    SELECT i.id AS incident_id, o.id, o.total_cents
    FROM incidents i
    JOIN orders o ON o.placed_at >= i.first_day AND o.placed_at < i.last_day + 1
    UNION ALL
    SELECT i.id, o.id, o.total_cents
    FROM incidents i
    JOIN orders o ON o.paid_at >= i.first_day AND o.paid_at < i.last_day + 1
)
SELECT i.id AS incident_id, count(DISTINCT t.id) AS orders, coalesce(sum(DISTINCT t.total_cents), 0) AS total_cents
FROM incidents i
LEFT JOIN touched t ON t.incident_id = i.id
GROUP BY i.id
ORDER BY i.id;
