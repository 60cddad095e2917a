-- mistake: A customer without orders has nothing to join with and no date to compare. An inner join loses it, and so does HAVING max(...) < a date, which is unknown for NULL.
-- fails: a customer who never ordered
SELECT c.name, max(o.placed_on) AS last_order
FROM customers c
JOIN orders o ON o.customer_id = c.id AND o.state IS DISTINCT FROM 'cancelled'
GROUP BY c.id, c.name
HAVING max(o.placed_on) < date '2025-07-01'
ORDER BY last_order NULLS FIRST, c.name;
