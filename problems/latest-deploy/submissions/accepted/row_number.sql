WITH ranked AS (
    SELECT service_id, version, finished_at,
           row_number() OVER (PARTITION BY service_id ORDER BY finished_at DESC NULLS LAST, id DESC) AS place
    FROM deploys
    WHERE status = 'succeeded'
)
SELECT s.name AS service, r.version, r.finished_at
FROM services s
LEFT JOIN ranked r ON r.service_id = s.id AND r.place = 1
ORDER BY s.name;
