-- mistake: count(*) after the join counts errors, not calls: an hour of few calls with many errors is compared.
-- fails: four calls with six errors
WITH hours AS (
    SELECT date_trunc('hour', c.called_at) AS hour,
           count(DISTINCT c.client) AS clients,
           count(e.id) AS errors
    FROM calls c
    LEFT JOIN errors e ON e.call_id = c.id
    GROUP BY 1
    HAVING count(*) >= 5
)
SELECT hour, clients, (SELECT sum(bytes) FROM calls WHERE date_trunc('hour', called_at) = hour) AS bytes, errors
FROM hours
WHERE clients = (SELECT max(clients) FROM hours)
ORDER BY hour;
