-- mistake: The sum of no orders is NULL, and NULL comes first in descending order: who bought nothing is on place 1.
-- fails: three customers with orders, one without
WITH spending AS (
    SELECT c.id, c.region_id, c.name, sum(o.total_cents) AS spent_cents
    FROM customers c
    LEFT JOIN orders o ON o.customer_id = c.id AND o.paid_on BETWEEN '2025-01-01' AND '2025-12-31'
    GROUP BY c.id
), ranked AS (
    SELECT *, rank() OVER (PARTITION BY region_id ORDER BY spent_cents DESC) AS place
    FROM spending
)
SELECT r.name AS region, k.place, k.name AS customer, coalesce(k.spent_cents, 0) AS spent_cents
FROM ranked k
JOIN regions r ON r.id = k.region_id
WHERE k.place <= 3
ORDER BY region, place, customer;
