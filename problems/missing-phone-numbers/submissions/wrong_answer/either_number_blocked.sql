-- mistake: A contact is left out when either number is blocked. Only the number that is used counts.
-- fails: the number that is not used is blocked
SELECT id, name, COALESCE(NULLIF(mobile, ''), NULLIF(landline, ''), 'missing') AS phone
FROM contacts c
WHERE NOT EXISTS (SELECT FROM blocked b WHERE b.phone <> '' AND b.phone IN (c.mobile, c.landline));
