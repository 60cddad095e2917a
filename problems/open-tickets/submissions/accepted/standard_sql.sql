SELECT id, subject, urgency
FROM tickets
WHERE (status = 'new' OR status = 'open')
  AND lower(subject) LIKE '%refund%'
  AND (assignee <> 'mara' OR assignee IS NULL)
ORDER BY urgency IS NULL, urgency DESC, id;
