CREATE TABLE prices (
    product text NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    price numeric(10, 2) NOT NULL,
    PRIMARY KEY (product, valid_from)
);

CREATE TABLE order_lines (
    id int PRIMARY KEY,
    product text NOT NULL,
    ordered_on date NOT NULL,
    quantity int NOT NULL
);
