CREATE TABLE regions (
    id int PRIMARY KEY,
    name text NOT NULL UNIQUE
);

CREATE TABLE customers (
    id int PRIMARY KEY,
    region_id int NOT NULL REFERENCES regions (id),
    name text NOT NULL
);

CREATE TABLE orders (
    id int PRIMARY KEY,
    customer_id int NOT NULL REFERENCES customers (id),
    placed_on date NOT NULL,
    paid_on date,
    total_cents int NOT NULL
);

CREATE INDEX ON orders (customer_id, paid_on);
