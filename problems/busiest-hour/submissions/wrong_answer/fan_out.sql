-- mistake: After the join a call stands there once for each error, and so its bytes are added several times.
-- fails: a call with two errors
WITH hours AS (
    SELECT date_trunc('hour', c.called_at) AS hour,
           count(DISTINCT c.client) AS clients,
           sum(c.bytes) AS bytes,
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
