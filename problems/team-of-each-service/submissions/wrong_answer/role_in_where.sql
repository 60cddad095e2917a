-- mistake: The condition on role in WHERE throws out services without an owner again: it belongs into ON.
-- fails: a service that nobody is linked to
SELECT s.name AS service, o.name AS owner, m.name AS manager
FROM services s
LEFT JOIN members l ON l.service_id = s.id
LEFT JOIN people o ON o.id = l.person_id
LEFT JOIN people m ON m.id = o.manager_id
WHERE l.role = 'owner'
ORDER BY service, owner;
