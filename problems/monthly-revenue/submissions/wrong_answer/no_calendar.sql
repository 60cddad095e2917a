-- mistake: GROUP BY makes no group of rows that do not exist: months without lines are missing.
-- fails: months without lines between the others
SELECT date_trunc('month', billed_at)::date AS month,
       count(*) FILTER (WHERE NOT voided) AS lines,
       COALESCE(round(sum(quantity * unit_price) FILTER (WHERE NOT voided), 2), 0) AS revenue,
       COALESCE(round(-sum(quantity * unit_price) FILTER (WHERE NOT voided AND quantity < 0), 2), 0) AS refunded
FROM bill_lines
WHERE billed_at >= '2025-01-01' AND billed_at < '2026-01-01'
GROUP BY 1
ORDER BY 1;
