-- mistake: Without % in front, the pattern only finds subjects that begin with the letters. They may be anywhere.
-- fails: the letters in the middle
SELECT id, subject, urgency
FROM tickets
WHERE status IN ('new', 'open')
  AND subject ILIKE 'refund%'
  AND assignee IS DISTINCT FROM 'mara'
ORDER BY urgency DESC NULLS LAST, id;
