WITH owners AS (
    SELECT l.service_id, o.name AS owner, m.name AS manager
    FROM members l
    JOIN people o ON o.id = l.person_id
    LEFT JOIN people m ON m.id = o.manager_id
    WHERE l.role = 'owner'
)
SELECT s.name AS service, owners.owner, owners.manager
FROM services s
LEFT JOIN owners ON owners.service_id = s.id
ORDER BY service, owner;
