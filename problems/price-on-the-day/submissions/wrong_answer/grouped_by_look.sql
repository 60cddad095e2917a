-- mistake: Lines that look the same are melted into one. Each order line appears once.
-- fails: two lines that look the same
SELECT min(id) AS id, price, sum(quantity) * price AS total
FROM (
    SELECT DISTINCT ON (l.id) l.id, p.price, l.product, l.ordered_on, l.quantity
    FROM order_lines l
    LEFT JOIN prices p ON p.product = l.product
                      AND p.valid_from <= l.ordered_on AND (p.valid_to IS NULL OR l.ordered_on < p.valid_to)
    ORDER BY l.id, p.valid_from DESC
) priced
GROUP BY product, ordered_on, price
ORDER BY id;
