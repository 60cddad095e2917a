-- Applied at every start: each statement must also be right where the tables are already there.

CREATE TABLE IF NOT EXISTS books (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    title text NOT NULL,
    author text NOT NULL
);

CREATE TABLE IF NOT EXISTS copies (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    book_id bigint NOT NULL REFERENCES books,
    barcode text NOT NULL UNIQUE
);
CREATE INDEX IF NOT EXISTS copies_of_book ON copies (book_id);

CREATE TABLE IF NOT EXISTS members (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    email text NOT NULL UNIQUE
);

CREATE TABLE IF NOT EXISTS loans (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    member_id bigint NOT NULL REFERENCES members,
    copy_id bigint NOT NULL REFERENCES copies,
    lent_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    returned_at timestamptz,
    renewals integer NOT NULL DEFAULT 0,
    fine_cents integer NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX IF NOT EXISTS one_open_loan_of_a_copy ON loans (copy_id) WHERE returned_at IS NULL;
CREATE INDEX IF NOT EXISTS loans_of_member ON loans (member_id);

CREATE TABLE IF NOT EXISTS payments (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    member_id bigint NOT NULL REFERENCES members,
    amount_cents integer NOT NULL CHECK (amount_cents > 0),
    paid_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS payments_of_member ON payments (member_id);

-- Where each copy is. Everything that asks whether a copy is free asks here.
CREATE OR REPLACE VIEW copy_states AS
SELECT copies.id, copies.book_id, copies.barcode,
       CASE WHEN EXISTS (SELECT 1 FROM loans WHERE loans.copy_id = copies.id AND loans.returned_at IS NULL)
            THEN 'on_loan'
            ELSE 'available'
       END AS status
  FROM copies;
