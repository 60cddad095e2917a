-- mistake: The test for NULL stands in ON, where it only decides what is joined: nobody is left out. It belongs into WHERE.
-- fails: a blocked number
WITH chosen AS (
    SELECT id, name, COALESCE(NULLIF(mobile, ''), NULLIF(landline, '')) AS phone
    FROM contacts
)
SELECT c.id, c.name, COALESCE(c.phone, 'missing') AS phone
FROM chosen c
LEFT JOIN blocked b ON b.phone = c.phone AND b.phone IS NULL;
