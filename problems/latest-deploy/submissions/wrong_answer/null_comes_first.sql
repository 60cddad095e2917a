-- mistake: In descending order PostgreSQL puts NULL first, so an old deploy without a time wins. NULLS LAST is missing.
-- fails: an old deploy without a time
SELECT DISTINCT ON (s.name) s.name AS service, d.version, d.finished_at
FROM services s
LEFT JOIN deploys d ON d.service_id = s.id AND d.status = 'succeeded'
ORDER BY s.name, d.finished_at DESC, d.id DESC;
