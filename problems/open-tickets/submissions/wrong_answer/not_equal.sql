-- mistake: assignee <> 'mara' is unknown where assignee is NULL, so tickets that nobody has are left out.
-- fails: a ticket that nobody has
SELECT id, subject, urgency
FROM tickets
WHERE status IN ('new', 'open')
  AND subject ILIKE '%refund%'
  AND assignee <> 'mara'
ORDER BY urgency DESC NULLS LAST, id;
