-- mistake: At least one comparison still has a cast around the column, so no index fits it, and all orders are read again for each incident.
-- fails: 300,000 orders
SELECT i.id AS incident_id, count(o.id) AS orders, coalesce(sum(o.total_cents), 0) AS total_cents
FROM incidents i
LEFT JOIN orders o
       ON (o.placed_at >= i.first_day AND o.placed_at < i.last_day + 1)
       OR o.paid_at::date BETWEEN i.first_day AND i.last_day
GROUP BY i.id
ORDER BY i.id;
