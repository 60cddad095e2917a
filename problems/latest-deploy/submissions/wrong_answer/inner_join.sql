-- mistake: An inner join loses services without a successful deploy. The page wants every service.
-- fails: a service that was never deployed
SELECT DISTINCT ON (s.name) s.name AS service, d.version, d.finished_at
FROM services s
JOIN deploys d ON d.service_id = s.id AND d.status = 'succeeded'
ORDER BY s.name, d.finished_at DESC NULLS LAST, d.id DESC;
