CREATE TABLE bill_lines (
    id int PRIMARY KEY,
    billed_at timestamp NOT NULL,
    quantity int NOT NULL CHECK (quantity <> 0),
    unit_price numeric(10, 4) NOT NULL,
    voided boolean NOT NULL
);

CREATE INDEX ON bill_lines (billed_at);
