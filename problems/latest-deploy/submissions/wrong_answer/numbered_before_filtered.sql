-- mistake: Failed deploys are numbered, too. Where one of them is the latest, it is thrown out afterwards and nothing is left.
-- fails: a failed deploy after a good one
WITH ranked AS (
    SELECT d.*, row_number() OVER (PARTITION BY service_id ORDER BY finished_at DESC NULLS LAST, id DESC) AS place
    FROM deploys d
)
SELECT s.name AS service, r.version, r.finished_at
FROM services s
LEFT JOIN ranked r ON r.service_id = s.id AND r.place = 1 AND r.status = 'succeeded'
ORDER BY s.name;
