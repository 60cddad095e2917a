-- mistake: The hour of the day is the group: nine o'clock of all days is put together.
-- fails: the same hour on two days
WITH errors_of_call AS (
    SELECT call_id, count(*) AS errors
    FROM errors
    GROUP BY call_id
), hours AS (
    SELECT min(date_trunc('hour', c.called_at)) AS hour,
           count(DISTINCT c.client) AS clients,
           sum(c.bytes) AS bytes,
           COALESCE(sum(e.errors), 0) AS errors
    FROM calls c
    LEFT JOIN errors_of_call e ON e.call_id = c.id
    GROUP BY EXTRACT(hour FROM c.called_at)
    HAVING count(*) >= 5
)
SELECT hour, clients, bytes, errors
FROM hours
WHERE clients = (SELECT max(clients) FROM hours)
ORDER BY hour;
