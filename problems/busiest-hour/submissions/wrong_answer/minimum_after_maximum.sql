-- mistake: The maximum is taken of all hours, and quiet hours are left out only afterwards: nothing may remain.
-- fails: a quiet hour with the most clients
WITH errors_of_call AS (
    SELECT call_id, count(*) AS errors
    FROM errors
    GROUP BY call_id
), hours AS (
    SELECT date_trunc('hour', c.called_at) AS hour,
           count(DISTINCT c.client) AS clients,
           sum(c.bytes) AS bytes,
           COALESCE(sum(e.errors), 0) AS errors,
           count(*) AS calls
    FROM calls c
    LEFT JOIN errors_of_call e ON e.call_id = c.id
    GROUP BY 1
)
SELECT hour, clients, bytes, errors
FROM hours
WHERE calls >= 5 AND clients = (SELECT max(clients) FROM hours)
ORDER BY hour;
