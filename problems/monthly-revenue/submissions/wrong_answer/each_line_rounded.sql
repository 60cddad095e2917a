-- mistake: Each line is rounded before the sum is made. Add up the exact amounts, then round once.
-- fails: five small amounts
SELECT m::date AS month,
       count(b.id) AS lines,
       COALESCE(sum(round(b.quantity * b.unit_price, 2)), 0) AS revenue,
       COALESCE(-sum(round(b.quantity * b.unit_price, 2)) FILTER (WHERE b.quantity < 0), 0) AS refunded
FROM generate_series(timestamp '2025-01-01', timestamp '2025-12-01', interval '1 month') m
LEFT JOIN bill_lines b
       ON b.billed_at >= m AND b.billed_at < m + interval '1 month' AND NOT b.voided
GROUP BY m
ORDER BY m;
