SELECT id, subject, urgency
FROM tickets
WHERE status IN ('new', 'open')
  AND subject ILIKE '%refund%'
  AND assignee IS DISTINCT FROM 'mara'
ORDER BY urgency DESC NULLS LAST, id;
