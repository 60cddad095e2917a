WITH sums AS (
    SELECT date_trunc('month', billed_at)::date AS month, count(*) AS lines,
           sum(quantity * unit_price) AS revenue, sum(GREATEST(-quantity, 0) * unit_price) AS refunded
    FROM bill_lines
    WHERE NOT voided AND billed_at >= '2025-01-01' AND billed_at < '2026-01-01'
    GROUP BY 1
)
SELECT make_date(2025, n, 1) AS month, COALESCE(lines, 0) AS lines,
       round(COALESCE(revenue, 0), 2) AS revenue, round(COALESCE(refunded, 0), 2) AS refunded
FROM generate_series(1, 12) n
LEFT JOIN sums ON sums.month = make_date(2025, n, 1)
ORDER BY month;
