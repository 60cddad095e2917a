-- mistake: Ordered by time alone, the window takes all movements of the same time at once: each of them shows the balance after the last.
-- fails: two movements at the same time
SELECT a.id AS account_id,
       m.id AS movement_id,
       m.booked_at,
       coalesce(a.opening_cents, 0) + coalesce(sum(m.amount_cents) OVER (PARTITION BY a.id ORDER BY m.booked_at), 0) AS balance_cents
FROM accounts a
LEFT JOIN movements m ON m.account_id = a.id
ORDER BY a.id, m.booked_at, m.id;
