"""The wallet without a framework. Balances are not stored: they are sums of entries, and all entries sum to zero.

A deposit is a transfer from account 0, the world outside, which is the only one that may fall below zero.
"""

import json
import os
import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import psycopg
from psycopg.types.json import Jsonb

OUTSIDE = 0
SCHEMA = """
CREATE TABLE IF NOT EXISTS account (id serial PRIMARY KEY, owner text NOT NULL);
INSERT INTO account (id, owner) VALUES (0, 'the world outside') ON CONFLICT DO NOTHING;
CREATE TABLE IF NOT EXISTS booking (id bigserial PRIMARY KEY, is_deposit boolean NOT NULL);
CREATE TABLE IF NOT EXISTS entry (
    id bigserial PRIMARY KEY,
    booking bigint NOT NULL REFERENCES booking,
    account int NOT NULL REFERENCES account,
    cents bigint NOT NULL
);
CREATE INDEX IF NOT EXISTS entry_account ON entry (account);
CREATE TABLE IF NOT EXISTS answered (
    key text PRIMARY KEY,
    body jsonb NOT NULL,
    status int NOT NULL,
    answer jsonb NOT NULL
);
"""


class Refused(Exception):
    def __init__(self, status, error):
        self.status, self.error = status, error


def whole(value, most):
    if type(value) is not int or not 1 <= value <= most:
        raise Refused(422, "invalid")
    return value


def open_account(db, body, _):
    owner = body.get("owner")
    if not isinstance(owner, str) or not 1 <= len(owner) <= 100 or "\0" in owner:
        raise Refused(422, "invalid")
    (number,) = db.execute("INSERT INTO account (owner) VALUES (%s) RETURNING id", [owner]).fetchone()
    return 201, {"id": number, "owner": owner, "balance_cents": 0}


def show(db, _, number):
    row = db.execute("SELECT owner FROM account WHERE id = %s AND id <> 0", [number]).fetchone()
    if row is None:
        raise Refused(404, "not_found")
    return 200, {"id": number, "owner": row[0], "balance_cents": balance(db, number)}


def statement(db, _, number):
    """One question, so one moment: the balance is the sum of what it finds."""
    show(db, None, number)
    rows = db.execute(
        "SELECT cents, CASE WHEN NOT is_deposit THEN booking.id END FROM entry JOIN booking ON booking.id = booking"
        " WHERE account = %s ORDER BY entry.id",
        [number],
    ).fetchall()
    entries = [{"amount_cents": cents, "transfer_id": transfer} for cents, transfer in rows]
    return 200, {"account_id": number, "balance_cents": sum(cents for cents, _ in rows), "entries": entries}


def deposit(db, body, number):
    cents = whole(body.get("amount_cents"), 10**9)
    show(db, None, number)
    book(db, OUTSIDE, number, cents, is_deposit=True)
    _, account = show(db, None, number)
    return 201, account


def transfer(db, body, key):
    """The key is locked first: a second request with it waits until the first has committed its answer."""
    if not key:
        raise Refused(400, "missing_key")
    sender, receiver = whole(body.get("from"), 2**31 - 1), whole(body.get("to"), 2**31 - 1)
    cents = whole(body.get("amount_cents"), 10**9)
    if sender == receiver:
        raise Refused(422, "invalid")
    db.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    before = db.execute("SELECT body = %s, status, answer FROM answered WHERE key = %s", [Jsonb(body), key]).fetchone()
    if before and not before[0]:
        raise Refused(422, "key_reused")
    if before:
        return before[1:]
    status, answer = pay(db, sender, receiver, cents)
    db.execute("INSERT INTO answered VALUES (%s, %s, %s, %s)", [key, Jsonb(body), status, Jsonb(answer)])
    return status, answer


def pay(db, sender, receiver, cents):
    pair = sorted([sender, receiver])
    locked = db.execute("SELECT id FROM account WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE", [pair]).fetchall()
    if len(locked) < 2:
        raise Refused(404, "not_found")
    if balance(db, sender) < cents:
        return 409, {"error": "insufficient_funds"}
    number = book(db, sender, receiver, cents, is_deposit=False)
    return 201, {"id": number, "from": sender, "to": receiver, "amount_cents": cents}


def book(db, sender, receiver, cents, is_deposit):
    (number,) = db.execute("INSERT INTO booking (is_deposit) VALUES (%s) RETURNING id", [is_deposit]).fetchone()
    db.execute(
        "INSERT INTO entry (booking, account, cents) VALUES (%s, %s, %s), (%s, %s, %s)",
        [number, sender, -cents, number, receiver, cents],
    )
    return number


def balance(db, number):
    (cents,) = db.execute("SELECT coalesce(sum(cents), 0)::bigint FROM entry WHERE account = %s", [number]).fetchone()
    return cents


ROUTES = [
    ("POST", r"/accounts", open_account),
    ("GET", r"/accounts/(\d+)", show),
    ("POST", r"/accounts/(\d+)/deposits", deposit),
    ("GET", r"/accounts/(\d+)/statement", statement),
    ("POST", r"/transfers", transfer),
]


class Handler(BaseHTTPRequestHandler):
    def do(self):
        try:
            status, answer = self.find_answer()
        except Refused as refused:
            status, answer = refused.status, {"error": refused.error}
        data = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do

    def find_answer(self):
        """One request, one transaction: it is committed before the answer leaves."""
        data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        for method, path, act in ROUTES:
            found = re.fullmatch(path, self.path)
            if found and method == self.command:
                given = int(found[1]) if found.groups() else self.headers.get("Idempotency-Key", "").strip()
                body = read_object(data) if method == "POST" else None
                with psycopg.connect(os.environ["DATABASE_URL"]) as db:
                    return act(db, body, given)
        raise Refused(404, "not_found")

    def log_message(self, *words):
        pass


def read_object(data):
    try:
        body = json.loads(data)
    except ValueError:
        raise Refused(400, "bad_request") from None
    if not isinstance(body, dict):
        raise Refused(400, "bad_request")
    return body


class Server(ThreadingHTTPServer):
    request_queue_size = 64


if __name__ == "__main__":
    with psycopg.connect(os.environ["DATABASE_URL"]) as start:
        start.execute(SCHEMA)
    Server(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
