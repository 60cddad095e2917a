-- mistake: The sum begins with 0. It has to begin with the opening balance of the account.
-- fails: an account without movements
SELECT a.id AS account_id,
       m.id AS movement_id,
       m.booked_at,
       coalesce(sum(m.amount_cents) OVER (PARTITION BY a.id ORDER BY m.booked_at, m.id), 0) AS balance_cents
FROM accounts a
LEFT JOIN movements m ON m.account_id = a.id
ORDER BY a.id, m.booked_at, m.id;
