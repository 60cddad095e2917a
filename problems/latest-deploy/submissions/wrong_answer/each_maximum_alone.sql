-- mistake: max(version) and max(finished_at) are taken apart, so they may come from different deploys; and as text v9 is larger than v10.
-- fails: version ten after version nine
SELECT s.name AS service, max(d.version) AS version, max(d.finished_at) AS finished_at
FROM services s
LEFT JOIN deploys d ON d.service_id = s.id AND d.status = 'succeeded'
GROUP BY s.id, s.name
ORDER BY s.name;
