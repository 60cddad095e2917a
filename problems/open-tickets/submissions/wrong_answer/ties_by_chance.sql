-- mistake: Tickets of the same urgency come in no particular order until ORDER BY names a second column, id.
-- fails: the same urgency, newest ticket first in the table
SELECT id, subject, urgency
FROM tickets
WHERE status IN ('new', 'open')
  AND subject ILIKE '%refund%'
  AND assignee IS DISTINCT FROM 'mara'
ORDER BY urgency DESC NULLS LAST;
