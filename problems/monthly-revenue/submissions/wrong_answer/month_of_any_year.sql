-- mistake: The month's number is the group: the same months of other years are added.
-- fails: lines of the year before and the year after
SELECT m::date AS month,
       count(b.id) AS lines,
       COALESCE(round(sum(b.quantity * b.unit_price), 2), 0) AS revenue,
       COALESCE(round(-sum(b.quantity * b.unit_price) FILTER (WHERE b.quantity < 0), 2), 0) AS refunded
FROM generate_series(timestamp '2025-01-01', timestamp '2025-12-01', interval '1 month') m
LEFT JOIN bill_lines b
       ON EXTRACT(month FROM b.billed_at) = EXTRACT(month FROM m) AND NOT b.voided
GROUP BY m
ORDER BY m;
