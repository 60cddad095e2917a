-- mistake: sum(DISTINCT bytes) looks at values, not at rows: two calls of the same size are added once.
-- fails: two calls of the same size
WITH hours AS (
    SELECT date_trunc('hour', c.called_at) AS hour,
           count(DISTINCT c.client) AS clients,
           sum(DISTINCT c.bytes) AS bytes,
           count(e.id) AS errors
    FROM calls c
    LEFT JOIN errors e ON e.call_id = c.id
    GROUP BY 1
    HAVING count(DISTINCT c.id) >= 5
)
SELECT hour, clients, bytes, errors
FROM hours
WHERE clients = (SELECT max(clients) FROM hours)
ORDER BY hour;
