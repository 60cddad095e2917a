-- mistake: AND binds more tightly than OR: without parentheses every new ticket is listed, whatever it is about.
-- fails: new tickets about other things
SELECT id, subject, urgency
FROM tickets
WHERE status = 'new' OR status = 'open'
  AND subject ILIKE '%refund%'
  AND assignee IS DISTINCT FROM 'mara'
ORDER BY urgency DESC NULLS LAST, id;
