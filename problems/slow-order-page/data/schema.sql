CREATE TABLE incidents (
    id int PRIMARY KEY,
    first_day date NOT NULL,
    last_day date NOT NULL
);

CREATE TABLE orders (
    id int PRIMARY KEY,
    placed_at timestamp NOT NULL,
    paid_at timestamp,
    total_cents int NOT NULL
);

CREATE INDEX orders_placed_at ON orders (placed_at);
CREATE INDEX orders_paid_at ON orders (paid_at);
