-- mistake: BETWEEN takes both ends: a line at midnight on the first of a month is counted in two months.
-- fails: midnight on the first of August
SELECT m::date AS month,
       count(b.id) AS lines,
       COALESCE(round(sum(b.quantity * b.unit_price), 2), 0) AS revenue,
       COALESCE(round(-sum(b.quantity * b.unit_price) FILTER (WHERE b.quantity < 0), 2), 0) AS refunded
FROM generate_series(timestamp '2025-01-01', timestamp '2025-12-01', interval '1 month') m
LEFT JOIN bill_lines b
       ON b.billed_at BETWEEN m AND m + interval '1 month' AND NOT b.voided
GROUP BY m
ORDER BY m;
