-- mistake: ordered_on < valid_to is unknown where valid_to is NULL, so a price without an end is never found.
-- fails: a price without an end
SELECT DISTINCT ON (l.id) l.id, p.price, l.quantity * p.price AS total
FROM order_lines l
LEFT JOIN prices p ON p.product = l.product
                  AND p.valid_from <= l.ordered_on AND l.ordered_on < p.valid_to
ORDER BY l.id, p.valid_from DESC;
