WITH chosen AS (
    SELECT id, name, COALESCE(NULLIF(mobile, ''), NULLIF(landline, '')) AS phone
    FROM contacts
)
SELECT id, name, COALESCE(phone, 'missing') AS phone
FROM chosen c
WHERE NOT EXISTS (SELECT FROM blocked b WHERE b.phone = c.phone);
