-- mistake: The day ends at 23:59:59 here, so an order in its last fraction of a second is lost. Compare with < and the next day.
-- fails: an order in the last half second of the day
SELECT i.id AS incident_id, count(o.id) AS orders, coalesce(sum(o.total_cents), 0) AS total_cents
FROM incidents i
LEFT JOIN orders o
       ON (o.placed_at BETWEEN i.first_day AND i.last_day + time '23:59:59')
       OR (o.paid_at BETWEEN i.first_day AND i.last_day + time '23:59:59')
GROUP BY i.id
ORDER BY i.id;
