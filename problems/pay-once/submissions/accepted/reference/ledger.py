"""Accounts, entries, transfers and keys in PostgreSQL. Each function is one transaction."""

import json

import psycopg
from database import transaction
from errors import Refused, not_found

SCHEMA = """
CREATE TABLE IF NOT EXISTS accounts (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner text NOT NULL,
    balance_cents bigint NOT NULL DEFAULT 0 CHECK (balance_cents >= 0)
);
CREATE TABLE IF NOT EXISTS transfers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sender integer NOT NULL REFERENCES accounts,
    receiver integer NOT NULL REFERENCES accounts,
    amount_cents bigint NOT NULL CHECK (amount_cents > 0)
);
CREATE TABLE IF NOT EXISTS entries (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id integer NOT NULL REFERENCES accounts,
    transfer_id bigint REFERENCES transfers,
    amount_cents bigint NOT NULL CHECK (amount_cents <> 0)
);
CREATE INDEX IF NOT EXISTS entries_of_account ON entries (account_id, id);
CREATE TABLE IF NOT EXISTS idempotency_keys (
    key text PRIMARY KEY,
    fingerprint text NOT NULL,
    status integer,
    answer text
);
"""


def make_tables():
    with transaction() as db:
        db.execute(SCHEMA)


def open_account(owner):
    with transaction() as db:
        return db.execute(
            "INSERT INTO accounts (owner) VALUES (%s) RETURNING id, owner, balance_cents", (owner,)
        ).fetchone()


def account(number):
    with transaction() as db:
        return find(db, number)


def deposit(number, amount_cents):
    """Put money in from outside, and give the account as it is then."""
    with transaction() as db:
        find(db, number)
        post(db, number, amount_cents, None)
        return find(db, number)


def statement(number):
    """Balance and entries of one moment: both questions see the same snapshot."""
    with transaction(psycopg.IsolationLevel.REPEATABLE_READ) as db:
        balance_cents = find(db, number)["balance_cents"]
        entries = db.execute(
            "SELECT amount_cents, transfer_id FROM entries WHERE account_id = %s ORDER BY id", (number,)
        ).fetchall()
    return {"account_id": number, "balance_cents": balance_cents, "entries": entries}


def transfer(key, order):
    """Book an order once for its key. Gives status and answer; later requests with the key get the same."""
    with transaction() as db:
        if not claim(db, key, order.fingerprint):
            return stored(db, key, order.fingerprint)
        status, answer = book(db, order)
        db.execute(
            "UPDATE idempotency_keys SET status = %s, answer = %s WHERE key = %s", (status, json.dumps(answer), key)
        )
        return status, answer


def claim(db, key, fingerprint):
    """True for the first with this key. Others wait here until the first has committed or given up."""
    done = db.execute(
        "INSERT INTO idempotency_keys (key, fingerprint) VALUES (%s, %s) ON CONFLICT (key) DO NOTHING",
        (key, fingerprint),
    )
    return done.rowcount == 1


def stored(db, key, fingerprint):
    before = db.execute("SELECT fingerprint, status, answer FROM idempotency_keys WHERE key = %s", (key,)).fetchone()
    if before["fingerprint"] != fingerprint:
        raise Refused(422, "key_reused", "This key came with another body before.")
    return before["status"], json.loads(before["answer"])


def book(db, order):
    """Two entries and two balances, or none. An unknown account raises, which frees the key again."""
    balances = lock(db, order.sender, order.receiver)
    if len(balances) < 2:
        raise not_found()
    if balances[order.sender] < order.amount_cents:
        return 409, {"error": "insufficient_funds", "message": "The account holds less than that."}
    made = db.execute(
        "INSERT INTO transfers (sender, receiver, amount_cents) VALUES (%s, %s, %s) RETURNING id",
        (order.sender, order.receiver, order.amount_cents),
    ).fetchone()
    post(db, order.sender, -order.amount_cents, made["id"])
    post(db, order.receiver, order.amount_cents, made["id"])
    return 201, {"id": made["id"], "from": order.sender, "to": order.receiver, "amount_cents": order.amount_cents}


def lock(db, *numbers):
    """Balances by account, locked in the order of their ids: whoever locks in one order never waits in a circle."""
    rows = db.execute(
        "SELECT id, balance_cents FROM accounts WHERE id = ANY(%s) ORDER BY id FOR UPDATE", (list(numbers),)
    ).fetchall()
    return {row["id"]: row["balance_cents"] for row in rows}


def post(db, number, amount_cents, transfer_id):
    """An entry, and the balance that goes with it."""
    db.execute("UPDATE accounts SET balance_cents = balance_cents + %s WHERE id = %s", (amount_cents, number))
    db.execute(
        "INSERT INTO entries (account_id, transfer_id, amount_cents) VALUES (%s, %s, %s)",
        (number, transfer_id, amount_cents),
    )


def find(db, number):
    found = db.execute("SELECT id, owner, balance_cents FROM accounts WHERE id = %s", (number,)).fetchone()
    if found is None:
        raise not_found()
    return found
