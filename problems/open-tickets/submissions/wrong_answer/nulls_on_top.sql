-- mistake: PostgreSQL puts NULL first in descending order: tickets without urgency come last only with NULLS LAST.
-- fails: a ticket without urgency
SELECT id, subject, urgency
FROM tickets
WHERE status IN ('new', 'open')
  AND subject ILIKE '%refund%'
  AND assignee IS DISTINCT FROM 'mara'
ORDER BY urgency DESC, id;
