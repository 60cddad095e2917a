CREATE TABLE people (
    id int PRIMARY KEY,
    name text NOT NULL,
    manager_id int REFERENCES people (id)
);

CREATE TABLE services (
    id int PRIMARY KEY,
    name text NOT NULL UNIQUE
);

CREATE TABLE members (
    service_id int NOT NULL REFERENCES services (id),
    person_id int NOT NULL REFERENCES people (id),
    role text NOT NULL,
    PRIMARY KEY (service_id, person_id)
);
