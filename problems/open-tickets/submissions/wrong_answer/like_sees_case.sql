-- mistake: LIKE sees upper and lower case: 'Refund' is not found with '%refund%'. Use ILIKE or lower().
-- fails: a capital letter at the start
SELECT id, subject, urgency
FROM tickets
WHERE status IN ('new', 'open')
  AND subject LIKE '%refund%'
  AND assignee IS DISTINCT FROM 'mara'
ORDER BY urgency DESC NULLS LAST, id;
