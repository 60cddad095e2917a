-- mistake: The sum runs in the order of ids. A movement that was entered late has a large id and an early time.
-- fails: a movement that was entered late
SELECT a.id AS account_id,
       m.id AS movement_id,
       m.booked_at,
       coalesce(a.opening_cents, 0) + coalesce(sum(m.amount_cents) OVER (PARTITION BY a.id ORDER BY m.id), 0) AS balance_cents
FROM accounts a
LEFT JOIN movements m ON m.account_id = a.id
ORDER BY a.id, m.booked_at, m.id;
