-- mistake: A sum of no rows is NULL, also where FILTER finds no refund in a month. COALESCE makes a 0 of it.
-- fails: a purchase in each month, no refunds
SELECT m::date AS month,
       count(b.id) AS lines,
       round(sum(b.quantity * b.unit_price), 2) AS revenue,
       round(-sum(b.quantity * b.unit_price) FILTER (WHERE b.quantity < 0), 2) AS refunded
FROM generate_series(timestamp '2025-01-01', timestamp '2025-12-01', interval '1 month') m
LEFT JOIN bill_lines b
       ON b.billed_at >= m AND b.billed_at < m + interval '1 month' AND NOT b.voided
GROUP BY m
ORDER BY m;
