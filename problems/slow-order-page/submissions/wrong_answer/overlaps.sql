-- mistake: OVERLAPS asks whether the time from placing to paying meets the incident. An order that was placed before it and paid after it is not touched.
-- fails: placed before the incident, paid after it
SELECT i.id AS incident_id, count(o.id) AS orders, coalesce(sum(o.total_cents), 0) AS total_cents
FROM incidents i
LEFT JOIN orders o
       ON (o.placed_at, o.paid_at) OVERLAPS (i.first_day, i.last_day + 1)
GROUP BY i.id
ORDER BY i.id;
