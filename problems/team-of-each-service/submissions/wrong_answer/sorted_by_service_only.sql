-- mistake: Rows are sorted by service only. The owners of one service are sorted, too.
-- fails: several owners
SELECT s.name AS service, o.name AS owner, m.name AS manager
FROM services s
LEFT JOIN members l ON l.service_id = s.id AND l.role = 'owner'
LEFT JOIN people o ON o.id = l.person_id
LEFT JOIN people m ON m.id = o.manager_id
ORDER BY service;
