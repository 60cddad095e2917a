CREATE TABLE tickets (
    id int PRIMARY KEY,
    subject text NOT NULL,
    status text NOT NULL,
    assignee text,
    urgency int
);
