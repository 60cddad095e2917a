-- mistake: NOT IN is never true once the list holds a NULL: a single entry without a number empties the result.
-- fails: an entry without a number on the block list
WITH chosen AS (
    SELECT id, name, COALESCE(NULLIF(mobile, ''), NULLIF(landline, ''), 'missing') AS phone
    FROM contacts
)
SELECT id, name, phone
FROM chosen
WHERE phone NOT IN (SELECT phone FROM blocked);
