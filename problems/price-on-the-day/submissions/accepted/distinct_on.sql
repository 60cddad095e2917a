SELECT DISTINCT ON (l.id) l.id, p.price, l.quantity * p.price AS total
FROM order_lines l
LEFT JOIN prices p ON p.product = l.product
                  AND p.valid_from <= l.ordered_on AND (p.valid_to IS NULL OR l.ordered_on < p.valid_to)
ORDER BY l.id, p.valid_from DESC;
