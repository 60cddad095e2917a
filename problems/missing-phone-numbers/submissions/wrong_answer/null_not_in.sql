-- mistake: NULL NOT IN (…) is unknown, so contacts without any number are lost as soon as somebody is blocked.
-- fails: a contact without any number
WITH chosen AS (
    SELECT id, name, COALESCE(NULLIF(mobile, ''), NULLIF(landline, '')) AS phone
    FROM contacts
)
SELECT id, name, COALESCE(phone, 'missing') AS phone
FROM chosen
WHERE phone NOT IN (SELECT phone FROM blocked WHERE phone IS NOT NULL);
