-- mistake: The calendar goes from the first to the last line: months without lines at the ends of the year are missing.
-- fails: no lines in January and December
SELECT m::date AS month,
       count(b.id) AS lines,
       COALESCE(round(sum(b.quantity * b.unit_price), 2), 0) AS revenue,
       COALESCE(round(-sum(b.quantity * b.unit_price) FILTER (WHERE b.quantity < 0), 2), 0) AS refunded
FROM generate_series(
    (SELECT date_trunc('month', min(billed_at)) FROM bill_lines WHERE EXTRACT(year FROM billed_at) = 2025),
    (SELECT max(billed_at) FROM bill_lines WHERE EXTRACT(year FROM billed_at) = 2025),
    interval '1 month') m
LEFT JOIN bill_lines b
       ON b.billed_at >= m AND b.billed_at < m + interval '1 month' AND NOT b.voided
GROUP BY m
ORDER BY m;
