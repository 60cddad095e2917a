-- mistake: The join only keeps lines that found a price. The others stay on the list, with NULL.
-- fails: a product without prices
SELECT l.id, p.price, l.quantity * p.price AS total
FROM order_lines l
CROSS JOIN LATERAL (
    SELECT price
    FROM prices
    WHERE product = l.product
      AND valid_from <= l.ordered_on
      AND (valid_to IS NULL OR l.ordered_on < valid_to)
    ORDER BY valid_from DESC
    LIMIT 1
) p
ORDER BY l.id;
