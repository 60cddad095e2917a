-- mistake: An inner join loses customers without an order that counts. They have spent 0 and take part.
-- fails: a small region, one customer without orders
WITH spending AS (
    SELECT c.id, c.region_id, c.name, coalesce(sum(o.total_cents), 0) AS spent_cents
    FROM customers c
    JOIN orders o ON o.customer_id = c.id AND o.paid_on BETWEEN '2025-01-01' AND '2025-12-31'
    GROUP BY c.id
), ranked AS (
    SELECT *, rank() OVER (PARTITION BY region_id ORDER BY spent_cents DESC) AS place
    FROM spending
)
SELECT r.name AS region, k.place, k.name AS customer, k.spent_cents AS spent_cents
FROM ranked k
JOIN regions r ON r.id = k.region_id
WHERE k.place <= 3
ORDER BY region, place, customer;
