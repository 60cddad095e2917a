-- mistake: The opening balance is inside of the sum, so it is added again with every movement.
-- fails: an opening balance and several movements, down below zero
SELECT a.id AS account_id,
       m.id AS movement_id,
       m.booked_at,
       coalesce(sum(coalesce(a.opening_cents, 0) + coalesce(m.amount_cents, 0)) OVER (PARTITION BY a.id ORDER BY m.booked_at, m.id), 0) AS balance_cents
FROM accounts a
LEFT JOIN movements m ON m.account_id = a.id
ORDER BY a.id, m.booked_at, m.id;
