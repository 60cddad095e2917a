-- mistake: opening_cents is NULL for some accounts, and NULL plus a number is NULL. They start with 0.
-- fails: an account without an opening balance
SELECT a.id AS account_id,
       m.id AS movement_id,
       m.booked_at,
       a.opening_cents + coalesce(sum(m.amount_cents) OVER (PARTITION BY a.id ORDER BY m.booked_at, m.id), 0) AS balance_cents
FROM accounts a
LEFT JOIN movements m ON m.account_id = a.id
ORDER BY a.id, m.booked_at, m.id;
