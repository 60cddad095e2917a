-- mistake: BETWEEN … AND '2025-12-31' ends at midnight, when that day has just begun: its sales are lost.
-- fails: the evening of 31 December
WITH sums AS (
    SELECT date_trunc('month', billed_at)::date AS month, count(*) AS lines,
           sum(quantity * unit_price) AS revenue, sum(GREATEST(-quantity, 0) * unit_price) AS refunded
    FROM bill_lines
    WHERE NOT voided AND billed_at BETWEEN '2025-01-01' AND '2025-12-31'
    GROUP BY 1
)
SELECT make_date(2025, n, 1) AS month, COALESCE(lines, 0) AS lines,
       round(COALESCE(revenue, 0), 2) AS revenue, round(COALESCE(refunded, 0), 2) AS refunded
FROM generate_series(1, 12) n
LEFT JOIN sums ON sums.month = make_date(2025, n, 1)
ORDER BY month;
