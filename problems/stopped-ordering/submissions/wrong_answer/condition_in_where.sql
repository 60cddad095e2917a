-- mistake: A condition on orders in WHERE throws out customers whose orders were all cancelled: it belongs into ON.
-- fails: recent orders, all cancelled
SELECT c.name, max(o.placed_on) AS last_order
FROM customers c
LEFT JOIN orders o ON o.customer_id = c.id
WHERE o.state IS DISTINCT FROM 'cancelled'
GROUP BY c.id, c.name
HAVING max(o.placed_on) IS NULL OR max(o.placed_on) < date '2025-07-01'
ORDER BY last_order NULLS FIRST, c.name;
