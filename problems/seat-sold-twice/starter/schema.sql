CREATE TABLE IF NOT EXISTS shows (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    title       text NOT NULL,
    seats       integer NOT NULL CHECK (seats > 0),
    price_cents integer NOT NULL CHECK (price_cents > 0)
);

CREATE TABLE IF NOT EXISTS bookings (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    show_id     bigint NOT NULL REFERENCES shows,
    seat        integer NOT NULL CHECK (seat > 0),
    email       text NOT NULL,
    price_cents integer NOT NULL,
    state       text NOT NULL DEFAULT 'booked' CHECK (state IN ('booked', 'cancelled')),
    booked_at   timestamptz NOT NULL DEFAULT now(),
    changed_at  timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX IF NOT EXISTS bookings_show_id ON bookings (show_id);
CREATE INDEX IF NOT EXISTS bookings_email ON bookings (email);
