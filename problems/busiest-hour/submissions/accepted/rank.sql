SELECT hour, clients, bytes, errors
FROM (
    SELECT date_trunc('hour', c.called_at) AS hour,
           count(DISTINCT c.client) AS clients,
           sum(c.bytes) AS bytes,
           sum((SELECT count(*) FROM errors e WHERE e.call_id = c.id)) AS errors,
           rank() OVER (ORDER BY count(DISTINCT c.client) DESC) AS place
    FROM calls c
    GROUP BY 1
    HAVING count(*) >= 5
) ranked
WHERE place = 1
ORDER BY hour;
