SELECT c.id, c.name, c.phone
FROM (
    SELECT id, name,
           CASE WHEN mobile <> '' THEN mobile WHEN landline <> '' THEN landline ELSE 'missing' END AS phone
    FROM contacts
) c
LEFT JOIN blocked b ON b.phone = c.phone
WHERE b.phone IS NULL;
