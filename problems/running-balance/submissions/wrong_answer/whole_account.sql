-- mistake: Without ORDER BY in the window every row shows the sum of the whole account, not the balance after this movement.
-- fails: two movements at the same time
SELECT a.id AS account_id,
       m.id AS movement_id,
       m.booked_at,
       coalesce(a.opening_cents, 0) + coalesce(sum(m.amount_cents) OVER (PARTITION BY a.id), 0) AS balance_cents
FROM accounts a
LEFT JOIN movements m ON m.account_id = a.id
ORDER BY a.id, m.booked_at, m.id;
