-- mistake: One coalesce around everything: where the sum or the opening balance is NULL, the other one is lost as well.
-- fails: an account without movements
SELECT a.id AS account_id,
       m.id AS movement_id,
       m.booked_at,
       coalesce(a.opening_cents + sum(m.amount_cents) OVER (PARTITION BY a.id ORDER BY m.booked_at, m.id), 0) AS balance_cents
FROM accounts a
LEFT JOIN movements m ON m.account_id = a.id
ORDER BY a.id, m.booked_at, m.id;
