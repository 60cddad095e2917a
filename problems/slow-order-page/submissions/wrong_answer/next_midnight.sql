-- mistake: BETWEEN includes both ends, so midnight after the last day is counted as well. It belongs to the next day.
-- fails: an order at midnight after the last day
SELECT i.id AS incident_id, count(o.id) AS orders, coalesce(sum(o.total_cents), 0) AS total_cents
FROM incidents i
LEFT JOIN orders o
       ON (o.placed_at BETWEEN i.first_day AND i.last_day + 1)
       OR (o.paid_at BETWEEN i.first_day AND i.last_day + 1)
GROUP BY i.id
ORDER BY i.id;
