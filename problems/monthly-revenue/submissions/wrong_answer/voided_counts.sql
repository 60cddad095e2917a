-- mistake: Voided lines are counted. They were written by mistake and count nowhere.
-- fails: a month that has only a voided line
SELECT m::date AS month,
       count(b.id) AS lines,
       COALESCE(round(sum(b.quantity * b.unit_price), 2), 0) AS revenue,
       COALESCE(round(-sum(b.quantity * b.unit_price) FILTER (WHERE b.quantity < 0), 2), 0) AS refunded
FROM generate_series(timestamp '2025-01-01', timestamp '2025-12-01', interval '1 month') m
LEFT JOIN bill_lines b
       ON b.billed_at >= m AND b.billed_at < m + interval '1 month'
GROUP BY m
ORDER BY m;
