WITH counted AS (
    SELECT customer_id, placed_on FROM orders WHERE state IS NULL OR state <> 'cancelled'
)
SELECT c.name, (SELECT max(placed_on) FROM counted WHERE customer_id = c.id) AS latest
FROM customers c
WHERE NOT EXISTS (SELECT FROM counted o WHERE o.customer_id = c.id AND o.placed_on >= '2025-07-01')
ORDER BY latest NULLS FIRST, c.name;
