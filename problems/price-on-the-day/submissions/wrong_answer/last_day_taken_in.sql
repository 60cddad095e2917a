-- mistake: On valid_to a price is no longer valid. BETWEEN and <= take that day in.
-- fails: the day on which the last price ends
SELECT DISTINCT ON (l.id) l.id, p.price, l.quantity * p.price AS total
FROM order_lines l
LEFT JOIN prices p ON p.product = l.product
                  AND l.ordered_on BETWEEN p.valid_from AND COALESCE(p.valid_to, 'infinity')
ORDER BY l.id, p.valid_from DESC;
