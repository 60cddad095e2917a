CREATE TABLE contacts (
    id int PRIMARY KEY,
    name text NOT NULL,
    mobile text,
    landline text
);

CREATE TABLE blocked (
    phone text,
    reason text
);
