"""Who there is, and whether a password is theirs."""

import os

import database
import psycopg
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from refusals import Refusal

LEAST_PASSWORD, MOST_PASSWORD, MOST_EMAIL = 10, 128, 254
ADMIN_EMAIL = os.environ["ADMIN_EMAIL"].lower()
SHOWN = "id, email, role"
# 19 MiB and two rounds: the least that OWASP advises, so that parallel logins fit into memory
HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
NOBODYS_HASH = HASHER.hash("the password of an account that does not exist")


def read_credentials(body, least=1):
    """The address in lower case, and the password as it came. Raises Refusal."""
    email, password = body.get("email"), body.get("password")
    if not _is_email(email) or not _is_text(password, least, MOST_PASSWORD):
        raise Refusal(422, "invalid")
    return email.lower(), password


def create(email, password):
    """The new account. The unique column decides who of several at once gets the address. Raises Refusal."""
    role = "admin" if email == ADMIN_EMAIL else "user"
    password_hash = HASHER.hash(password)
    try:
        with database.connect() as db:
            return db.execute(
                f"INSERT INTO accounts (email, password_hash, role) VALUES (%s, %s, %s) RETURNING {SHOWN}",
                [email, password_hash, role],
            ).fetchone()
    except psycopg.errors.UniqueViolation:
        raise Refusal(409, "email_taken") from None


def verified(db, email, password):
    """The account, or None. An unknown address costs a hash, too, so that time does not tell who has an account."""
    row = db.execute("SELECT * FROM accounts WHERE email = %s", [email]).fetchone()
    try:
        HASHER.verify(row["password_hash"] if row else NOBODYS_HASH, password)
    except VerifyMismatchError:
        return None
    return row


def find(db, account_id):
    return db.execute(f"SELECT {SHOWN} FROM accounts WHERE id = %s", [account_id]).fetchone()


def all_of_them(db):
    return db.execute(f"SELECT {SHOWN} FROM accounts ORDER BY id").fetchall()


def _is_email(value):
    if not _is_text(value, 3, MOST_EMAIL):
        return False
    name, _, host = value.partition("@")
    return bool(name and host) and "@" not in host


def _is_text(value, least, most):
    # PostgreSQL keeps no NUL in a text
    return isinstance(value, str) and least <= len(value) <= most and "\0" not in value
