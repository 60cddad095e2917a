-- mistake: The largest id is the deploy that started last. The latest one is the one that finished last.
-- fails: a slow deploy that finished last
SELECT DISTINCT ON (s.name) s.name AS service, d.version, d.finished_at
FROM services s
LEFT JOIN deploys d ON d.service_id = s.id AND d.status = 'succeeded'
ORDER BY s.name, d.id DESC;
