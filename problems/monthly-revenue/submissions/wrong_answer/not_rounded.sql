-- mistake: The sums are not rounded to two decimals.
-- fails: a sum with four decimals
SELECT m::date AS month,
       count(b.id) AS lines,
       COALESCE(sum(b.quantity * b.unit_price), 0) AS revenue,
       COALESCE(-sum(b.quantity * b.unit_price) FILTER (WHERE b.quantity < 0), 0) AS refunded
FROM generate_series(timestamp '2025-01-01', timestamp '2025-12-01', interval '1 month') m
LEFT JOIN bill_lines b
       ON b.billed_at >= m AND b.billed_at < m + interval '1 month' AND NOT b.voided
GROUP BY m
ORDER BY m;
