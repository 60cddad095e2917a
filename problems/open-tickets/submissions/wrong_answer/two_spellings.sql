-- mistake: Two spellings are listed, but REFUND is a third: compare without regard to case, with ILIKE or lower().
-- fails: all in capitals
SELECT id, subject, urgency
FROM tickets
WHERE status IN ('new', 'open')
  AND (subject LIKE '%refund%' OR subject LIKE '%Refund%')
  AND assignee IS DISTINCT FROM 'mara'
ORDER BY urgency DESC NULLS LAST, id;
