CREATE TABLE IF NOT EXISTS parts (
    sku   text PRIMARY KEY,
    name  text NOT NULL,
    stock integer NOT NULL CHECK (stock BETWEEN 0 AND 1000000)
);

CREATE TABLE IF NOT EXISTS orders (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer  text NOT NULL,
    state     text NOT NULL DEFAULT 'placed' CHECK (state IN ('placed', 'cancelled')),
    placed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS order_lines (
    order_id bigint NOT NULL REFERENCES orders,
    sku      text NOT NULL REFERENCES parts,
    quantity integer NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (order_id, sku)
);

CREATE INDEX IF NOT EXISTS orders_customer ON orders (customer);
