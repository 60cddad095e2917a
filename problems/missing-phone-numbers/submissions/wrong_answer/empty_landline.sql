-- mistake: Only the mobile number is checked for an empty text. The landline number can be empty, too.
-- fails: a NULL and an empty number
WITH chosen AS (
    SELECT id, name, COALESCE(NULLIF(mobile, ''), landline) AS phone
    FROM contacts
)
SELECT id, name, COALESCE(phone, 'missing') AS phone
FROM chosen c
WHERE NOT EXISTS (SELECT FROM blocked b WHERE b.phone = c.phone);
