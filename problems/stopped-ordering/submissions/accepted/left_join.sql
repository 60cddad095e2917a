SELECT c.name, max(o.placed_on) AS last_order
FROM customers c
LEFT JOIN orders o ON o.customer_id = c.id AND o.state IS DISTINCT FROM 'cancelled'
GROUP BY c.id, c.name
HAVING max(o.placed_on) IS NULL OR max(o.placed_on) < date '2025-07-01'
ORDER BY last_order NULLS FIRST, c.name;
