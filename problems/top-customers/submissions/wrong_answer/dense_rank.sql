-- mistake: dense_rank leaves no place empty behind a tie: the next customer moves up, and too many are listed.
-- fails: two customers share the second place
WITH spending AS (
    SELECT c.id, c.region_id, c.name, coalesce(sum(o.total_cents), 0) AS spent_cents
    FROM customers c
    LEFT JOIN orders o ON o.customer_id = c.id AND o.paid_on BETWEEN '2025-01-01' AND '2025-12-31'
    GROUP BY c.id
), ranked AS (
    SELECT *, dense_rank() OVER (PARTITION BY region_id ORDER BY spent_cents DESC) AS place
    FROM spending
)
SELECT r.name AS region, k.place, k.name AS customer, k.spent_cents AS spent_cents
FROM ranked k
JOIN regions r ON r.id = k.region_id
WHERE k.place <= 3
ORDER BY region, place, customer;
