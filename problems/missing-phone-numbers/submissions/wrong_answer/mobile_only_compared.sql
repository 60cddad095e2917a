-- mistake: Only mobile numbers are compared with the block list. A chosen landline number can be blocked, too.
-- fails: a blocked landline number behind an empty mobile number
SELECT id, name, COALESCE(NULLIF(mobile, ''), NULLIF(landline, ''), 'missing') AS phone
FROM contacts c
WHERE NOT EXISTS (SELECT FROM blocked b WHERE b.phone = NULLIF(c.mobile, ''));
