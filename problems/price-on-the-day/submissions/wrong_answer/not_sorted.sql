-- mistake: Without ORDER BY at the end, the lines come in no particular order.
-- fails: lines that were written late
SELECT l.id, p.price, l.quantity * p.price AS total
FROM order_lines l
LEFT JOIN LATERAL (
    SELECT price
    FROM prices
    WHERE product = l.product
      AND valid_from <= l.ordered_on
      AND (valid_to IS NULL OR l.ordered_on < valid_to)
    ORDER BY valid_from DESC
    LIMIT 1
) p ON true;
