-- mistake: The self join is upside down: it finds the people whom the owner manages, not the owner's manager.
-- fails: a manager of two people
SELECT s.name AS service, o.name AS owner, m.name AS manager
FROM services s
LEFT JOIN members l ON l.service_id = s.id AND l.role = 'owner'
LEFT JOIN people o ON o.id = l.person_id
LEFT JOIN people m ON m.manager_id = o.id
ORDER BY service, owner;
