WITH spending AS (
    SELECT c.id, c.region_id, c.name, coalesce(sum(o.total_cents), 0) AS spent_cents
    FROM customers c
    LEFT JOIN orders o ON o.customer_id = c.id AND o.paid_on BETWEEN '2025-01-01' AND '2025-12-31'
    GROUP BY c.id
), placed AS (
    SELECT s.*, 1 + (
        SELECT count(*) FROM spending b WHERE b.region_id = s.region_id AND b.spent_cents > s.spent_cents
    ) AS place
    FROM spending s
)
SELECT r.name AS region, p.place, p.name AS customer, p.spent_cents
FROM placed p
JOIN regions r ON r.id = p.region_id
WHERE p.place <= 3
ORDER BY region, place, customer;
