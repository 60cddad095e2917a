-- mistake: mobile = NULL is unknown for every row, even where mobile is NULL. The test is IS NULL.
-- fails: only a landline number, the mobile number is NULL
WITH chosen AS (
    SELECT id, name,
           CASE WHEN mobile = NULL OR mobile = '' THEN NULLIF(landline, '') ELSE mobile END AS phone
    FROM contacts
)
SELECT id, name, COALESCE(phone, 'missing') AS phone
FROM chosen c
WHERE NOT EXISTS (SELECT FROM blocked b WHERE b.phone = c.phone);
