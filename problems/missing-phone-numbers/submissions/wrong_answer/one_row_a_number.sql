-- mistake: One row a number is given, not one a contact: people who share a number are melted into one.
-- fails: a number twice on the block list, and a family that shares one
WITH chosen AS (
    SELECT id, name, COALESCE(NULLIF(mobile, ''), NULLIF(landline, '')) AS phone
    FROM contacts
)
SELECT min(id) AS id, min(name) AS name, COALESCE(phone, 'missing') AS phone
FROM chosen c
WHERE NOT EXISTS (SELECT FROM blocked b WHERE b.phone = c.phone)
GROUP BY phone, CASE WHEN phone IS NULL THEN id END;
