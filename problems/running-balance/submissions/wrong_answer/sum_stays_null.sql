-- mistake: An account without movements has no right row: an inner join loses it, and after a left join its sum is NULL.
-- fails: an account without movements
SELECT a.id AS account_id,
       m.id AS movement_id,
       m.booked_at,
       coalesce(a.opening_cents, 0) + sum(m.amount_cents) OVER (PARTITION BY a.id ORDER BY m.booked_at, m.id) AS balance_cents
FROM accounts a
LEFT JOIN movements m ON m.account_id = a.id
ORDER BY a.id, m.booked_at, m.id;
