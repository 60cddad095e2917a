SELECT a.id AS account_id, m.id AS movement_id, m.booked_at,
       coalesce(a.opening_cents, 0) + coalesce((
           SELECT sum(b.amount_cents)
           FROM movements b
           WHERE b.account_id = a.id AND (b.booked_at, b.id) <= (m.booked_at, m.id)
       ), 0) AS balance_cents
FROM accounts a
LEFT JOIN movements m ON m.account_id = a.id
ORDER BY a.id, m.booked_at, m.id;
