-- mistake: Only the latest beginning is looked for. That price may have ended before the day of the order.
-- fails: the day on which the last price ends
SELECT l.id, p.price, l.quantity * p.price AS total
FROM order_lines l
LEFT JOIN LATERAL (
    SELECT price
    FROM prices
    WHERE product = l.product
      AND valid_from <= l.ordered_on
    ORDER BY valid_from DESC
    LIMIT 1
) p ON true
ORDER BY l.id;
