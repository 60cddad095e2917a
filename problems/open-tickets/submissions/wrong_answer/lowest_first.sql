-- mistake: Ascending order puts urgency 1 on top. 5 is the most urgent and comes first.
-- fails: several urgencies
SELECT id, subject, urgency
FROM tickets
WHERE status IN ('new', 'open')
  AND subject ILIKE '%refund%'
  AND assignee IS DISTINCT FROM 'mara'
ORDER BY urgency NULLS LAST, id;
