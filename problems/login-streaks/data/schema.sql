CREATE TABLE users (
    id int PRIMARY KEY,
    name text NOT NULL
);

CREATE TABLE logins (
    id int PRIMARY KEY,
    user_id int NOT NULL REFERENCES users (id),
    logged_in_at timestamp NOT NULL
);

CREATE INDEX ON logins (user_id, logged_in_at);
