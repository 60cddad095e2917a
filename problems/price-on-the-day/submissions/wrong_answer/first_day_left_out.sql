-- mistake: A price is valid from its first day on: > leaves that day out, >= takes it in.
-- fails: the first day of a price
SELECT DISTINCT ON (l.id) l.id, p.price, l.quantity * p.price AS total
FROM order_lines l
LEFT JOIN prices p ON p.product = l.product
                  AND p.valid_from < l.ordered_on AND (p.valid_to IS NULL OR l.ordered_on < p.valid_to)
ORDER BY l.id, p.valid_from DESC;
