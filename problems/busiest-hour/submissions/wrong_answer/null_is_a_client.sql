-- mistake: Calls without a client are counted as one more client.
-- fails: calls without a client
WITH errors_of_call AS (
    SELECT call_id, count(*) AS errors
    FROM errors
    GROUP BY call_id
), hours AS (
    SELECT date_trunc('hour', c.called_at) AS hour,
           count(DISTINCT COALESCE(c.client, '')) AS clients,
           sum(c.bytes) AS bytes,
           COALESCE(sum(e.errors), 0) AS errors
    FROM calls c
    LEFT JOIN errors_of_call e ON e.call_id = c.id
    GROUP BY 1
    HAVING count(*) >= 5
)
SELECT hour, clients, bytes, errors
FROM hours
WHERE clients = (SELECT max(clients) FROM hours)
ORDER BY hour;
