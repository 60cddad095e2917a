-- mistake: The price that is valid now is taken, not the one on the day of the order.
-- fails: an order from the time before a new price
SELECT l.id, p.price, l.quantity * p.price AS total
FROM order_lines l
LEFT JOIN LATERAL (
    SELECT price
    FROM prices
    WHERE product = l.product
      AND valid_to IS NULL
    ORDER BY valid_from DESC
    LIMIT 1
) p ON true
ORDER BY l.id;
