-- mistake: Readers are listed as if they were owners. Only links with the role owner count.
-- fails: a service that has one reader and no owner
SELECT s.name AS service, o.name AS owner, m.name AS manager
FROM services s
LEFT JOIN members l ON l.service_id = s.id
LEFT JOIN people o ON o.id = l.person_id
LEFT JOIN people m ON m.id = o.manager_id
ORDER BY service, owner;
