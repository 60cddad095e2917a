-- mistake: The number that is shown is cleaned, the number that is compared is not: an empty mobile number hides the landline.
-- fails: an empty number on the block list
SELECT id, name, COALESCE(NULLIF(mobile, ''), NULLIF(landline, ''), 'missing') AS phone
FROM contacts c
WHERE NOT EXISTS (SELECT FROM blocked b WHERE b.phone = COALESCE(c.mobile, c.landline));
