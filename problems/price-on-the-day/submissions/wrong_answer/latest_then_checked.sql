-- mistake: The latest price is chosen first and checked afterwards: an older one that counts again after a sale is not found.
-- fails: an order after the sale
SELECT l.id, p.price, l.quantity * p.price AS total
FROM order_lines l
LEFT JOIN prices p ON p.product = l.product
                  AND p.valid_from = (SELECT max(valid_from) FROM prices
                                      WHERE product = l.product AND valid_from <= l.ordered_on)
                  AND (p.valid_to IS NULL OR l.ordered_on < p.valid_to)
ORDER BY l.id;
