-- mistake: A line with two valid prices is listed twice. Only the price that began last counts.
-- fails: a sale while another price is valid
SELECT l.id, p.price, l.quantity * p.price AS total
FROM order_lines l
LEFT JOIN prices p ON p.product = l.product
                  AND p.valid_from <= l.ordered_on AND (p.valid_to IS NULL OR l.ordered_on < p.valid_to)
ORDER BY l.id;
