CREATE TABLE services (
    id int PRIMARY KEY,
    name text NOT NULL UNIQUE
);

CREATE TABLE deploys (
    id int PRIMARY KEY,
    service_id int NOT NULL REFERENCES services (id),
    version text NOT NULL,
    status text NOT NULL,
    finished_at timestamp
);

CREATE INDEX ON deploys (service_id, finished_at);
