-- mistake: IN asks whether a time is the latest of any service. It must be the latest of the same service, and NULL is in no list.
-- fails: two deploys that finished at the same time
SELECT s.name AS service, d.version, d.finished_at
FROM services s
LEFT JOIN deploys d ON d.service_id = s.id AND d.status = 'succeeded' AND d.finished_at IN (
    SELECT max(finished_at) FROM deploys WHERE status = 'succeeded' GROUP BY service_id
)
ORDER BY s.name;
