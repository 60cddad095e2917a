CREATE TABLE accounts (
    id int PRIMARY KEY,
    owner text NOT NULL,
    opening_cents int
);

CREATE TABLE movements (
    id int PRIMARY KEY,
    account_id int NOT NULL REFERENCES accounts (id),
    booked_at timestamp NOT NULL,
    amount_cents int NOT NULL
);

CREATE INDEX ON movements (account_id, booked_at, id);
