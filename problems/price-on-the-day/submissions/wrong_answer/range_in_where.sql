-- mistake: The range stands in WHERE and throws out lines whose product has prices, but none on that day. It belongs into ON.
-- fails: an order before the first price
SELECT DISTINCT ON (l.id) l.id, p.price, l.quantity * p.price AS total
FROM order_lines l
LEFT JOIN prices p ON p.product = l.product
WHERE p.product IS NULL
   OR p.valid_from <= l.ordered_on AND (p.valid_to IS NULL OR l.ordered_on < p.valid_to)
ORDER BY l.id, p.valid_from DESC;
