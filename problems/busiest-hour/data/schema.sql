CREATE TABLE calls (
    id int PRIMARY KEY,
    client text,
    called_at timestamp NOT NULL,
    bytes int NOT NULL
);

CREATE TABLE errors (
    id int PRIMARY KEY,
    call_id int NOT NULL REFERENCES calls (id),
    message text NOT NULL
);

CREATE INDEX ON errors (call_id);
