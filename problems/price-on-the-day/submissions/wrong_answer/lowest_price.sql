-- mistake: Of two valid prices, the lower one is taken. The one that began last counts, even if it is higher.
-- fails: the higher price began last
SELECT l.id, min(p.price) AS price, l.quantity * min(p.price) AS total
FROM order_lines l
LEFT JOIN prices p ON p.product = l.product
                  AND p.valid_from <= l.ordered_on AND (p.valid_to IS NULL OR l.ordered_on < p.valid_to)
GROUP BY l.id
ORDER BY l.id;
