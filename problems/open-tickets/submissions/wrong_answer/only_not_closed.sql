-- mistake: Everything but closed is taken for not done. A solved ticket is done, too.
-- fails: a solved ticket
SELECT id, subject, urgency
FROM tickets
WHERE status <> 'closed'
  AND subject ILIKE '%refund%'
  AND assignee IS DISTINCT FROM 'mara'
ORDER BY urgency DESC NULLS LAST, id;
