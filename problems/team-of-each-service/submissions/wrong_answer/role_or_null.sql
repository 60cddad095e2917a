-- mistake: OR role IS NULL saves services without any link, but a service that only has readers is still thrown out.
-- fails: a service that has one reader and no owner
SELECT s.name AS service, o.name AS owner, m.name AS manager
FROM services s
LEFT JOIN members l ON l.service_id = s.id
LEFT JOIN people o ON o.id = l.person_id
LEFT JOIN people m ON m.id = o.manager_id
WHERE l.role = 'owner' OR l.role IS NULL
ORDER BY service, owner;
