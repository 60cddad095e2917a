-- mistake: Compared with a time stamp, last_day is the midnight at which it begins: everything later on that day is lost.
-- fails: placed and paid on the same day
SELECT i.id AS incident_id, count(o.id) AS orders, coalesce(sum(o.total_cents), 0) AS total_cents
FROM incidents i
LEFT JOIN orders o
       ON (o.placed_at BETWEEN i.first_day AND i.last_day)
       OR (o.paid_at BETWEEN i.first_day AND i.last_day)
GROUP BY i.id
ORDER BY i.id;
