-- mistake: max of no orders is NULL, and NULL < a date is unknown, so HAVING leaves these customers out.
-- fails: a customer who never ordered
SELECT c.name, max(o.placed_on) AS last_order
FROM customers c
LEFT JOIN orders o ON o.customer_id = c.id AND o.state IS DISTINCT FROM 'cancelled'
GROUP BY c.id, c.name
HAVING max(o.placed_on) < date '2025-07-01'
ORDER BY last_order, c.name;
