-- mistake: Only tickets that nobody has are listed. Mara also takes over tickets that a colleague has.
-- fails: a ticket that a colleague has
SELECT id, subject, urgency
FROM tickets
WHERE status IN ('new', 'open')
  AND subject ILIKE '%refund%'
  AND assignee IS NULL
ORDER BY urgency DESC NULLS LAST, id;
