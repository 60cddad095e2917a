-- mistake: Of two deploys that finished at the same time, any may come first: the order needs id as its last word.
-- fails: two deploys that finished at the same time
SELECT DISTINCT ON (s.name) s.name AS service, d.version, d.finished_at
FROM services s
LEFT JOIN deploys d ON d.service_id = s.id AND d.status = 'succeeded'
ORDER BY s.name, d.finished_at DESC NULLS LAST, d.id;
