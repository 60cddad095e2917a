"""Accounts: who they are, their passwords, and whose a token is."""

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

import tokens
from errors import ApiError
from requestlog import log

hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def create(conn, email, password, name):
    """A new account. Raises ApiError where the address has one."""
    account = conn.execute(
        "INSERT INTO accounts (email, password_hash, name) VALUES (%s, %s, %s)"
        " ON CONFLICT (email) DO NOTHING RETURNING id, email, name",
        (normalised(email), hasher.hash(password), name.strip()),
    ).fetchone()
    if account is None:
        raise ApiError(409, "email_taken")
    return account


def check_password(conn, email, password):
    """The account with this address and password. Raises ApiError."""
    account = find_by_email(conn, normalised(email))
    if account is None or not matches(account, password):
        log.info("login refused: email %s", masked(email))
        raise ApiError(401, "wrong_credentials")
    return account


def by_token(conn, token):
    """The account that a token was issued to. Raises ApiError."""
    claims = tokens.read(token)
    account = find_by_email(conn, claims["sub"])
    if account is None:
        log.warning("token refused: signature and lifetime are good, but nobody found for its subject")
        raise ApiError(401, "token_refused")
    return account


def change_password(conn, account, old, new):
    """Raises ApiError where the old password is wrong."""
    if not matches(account, old):
        raise ApiError(403, "wrong_password")
    conn.execute("UPDATE accounts SET password_hash = %s WHERE id = %s", (hasher.hash(new), account["id"]))


def delete(conn, account_id):
    conn.execute("DELETE FROM accounts WHERE id = %s", (account_id,))


def find_by_email(conn, email):
    return conn.execute(
        "SELECT id, email, password_hash, name FROM accounts WHERE email = %s", (email,)
    ).fetchone()


def normalised(email):
    """An address as we store it: however people type it, it is the same one."""
    return email.strip().lower()


def matches(account, password):
    try:
        return hasher.verify(account["password_hash"], password)
    except VerificationError:
        return False


def masked(email):
    """An address as it may stand in the log: p***@example.org."""
    name, _, domain = email.strip().partition("@")
    return f"{name[:1]}***@{domain}"
