-- mistake: Joining on the latest time gives two rows where two deploys share it, and none where the time is NULL.
-- fails: two deploys that finished at the same time
SELECT s.name AS service, d.version, d.finished_at
FROM services s
LEFT JOIN (
    SELECT service_id, max(finished_at) AS latest FROM deploys WHERE status = 'succeeded' GROUP BY service_id
) l ON l.service_id = s.id
LEFT JOIN deploys d ON d.service_id = s.id AND d.finished_at = l.latest AND d.status = 'succeeded'
ORDER BY s.name;
