-- mistake: Contacts without any number are left out. They stay on the list with the text 'missing'.
-- fails: a contact without any number
WITH chosen AS (
    SELECT id, name, COALESCE(NULLIF(mobile, ''), NULLIF(landline, '')) AS phone
    FROM contacts
)
SELECT id, name, phone
FROM chosen c
WHERE phone IS NOT NULL
  AND NOT EXISTS (SELECT FROM blocked b WHERE b.phone = c.phone);
