-- mistake: COALESCE skips NULL only: an empty text is taken for a number.
-- fails: only a landline number, the mobile number is empty
WITH chosen AS (
    SELECT id, name, COALESCE(mobile, landline) AS phone
    FROM contacts
)
SELECT id, name, COALESCE(phone, 'missing') AS phone
FROM chosen c
WHERE NOT EXISTS (SELECT FROM blocked b WHERE b.phone = c.phone);
