-- mistake: An incident without orders needs a row with 0 and 0: an inner join loses it, and count(*) counts the empty row of a left join as 1.
-- fails: an incident without orders
SELECT i.id AS incident_id, count(o.id) AS orders, coalesce(sum(o.total_cents), 0) AS total_cents
FROM incidents i
JOIN orders o
       ON (o.placed_at >= i.first_day AND o.placed_at < i.last_day + 1)
       OR (o.paid_at >= i.first_day AND o.paid_at < i.last_day + 1)
GROUP BY i.id
ORDER BY i.id;
