-- mistake: The condition on status stands in WHERE, so a service that has deploys, but no successful one, is thrown out. It belongs into ON.
-- fails: a service whose deploys all failed
SELECT DISTINCT ON (s.name) s.name AS service, d.version, d.finished_at
FROM services s
LEFT JOIN deploys d ON d.service_id = s.id
WHERE d.status = 'succeeded' OR d.id IS NULL
ORDER BY s.name, d.finished_at DESC NULLS LAST, d.id DESC;
