CREATE TABLE customers (
    id int PRIMARY KEY,
    name text NOT NULL
);

CREATE TABLE orders (
    id int PRIMARY KEY,
    customer_id int NOT NULL REFERENCES customers (id),
    placed_on date NOT NULL,
    state text
);

CREATE INDEX ON orders (customer_id, placed_on);
