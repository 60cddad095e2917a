-- mistake: The condition on role stands in the ON of people: the links of readers stay, each as a row with NULL.
-- fails: an owner and a reader
SELECT s.name AS service, o.name AS owner, m.name AS manager
FROM services s
LEFT JOIN members l ON l.service_id = s.id
LEFT JOIN people o ON o.id = l.person_id AND l.role = 'owner'
LEFT JOIN people m ON m.id = o.manager_id
ORDER BY service, owner;
