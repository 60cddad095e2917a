-- mistake: The frame ends one row too early: each row shows the balance before its movement.
-- fails: an account without movements
SELECT a.id AS account_id,
       m.id AS movement_id,
       m.booked_at,
       coalesce(a.opening_cents, 0) + coalesce(sum(m.amount_cents) OVER (PARTITION BY a.id ORDER BY m.booked_at, m.id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS balance_cents
FROM accounts a
LEFT JOIN movements m ON m.account_id = a.id
ORDER BY a.id, m.booked_at, m.id;
