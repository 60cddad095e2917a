-- mistake: The sum is partitioned by owner. An owner with two accounts gets one sum for both.
-- fails: one owner with two accounts
SELECT a.id AS account_id,
       m.id AS movement_id,
       m.booked_at,
       coalesce(a.opening_cents, 0) + coalesce(sum(m.amount_cents) OVER (PARTITION BY a.owner ORDER BY a.id, m.booked_at, m.id), 0) AS balance_cents
FROM accounts a
LEFT JOIN movements m ON m.account_id = a.id
ORDER BY a.id, m.booked_at, m.id;
