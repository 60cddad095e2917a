"""Links in PostgreSQL. A row is never removed: its code stays taken for ever."""

import hashlib
import hmac
import secrets

import cache
from database import transaction
from errors import Refused, gone, unknown

SCHEMA = """
CREATE TABLE IF NOT EXISTS links (
    code text PRIMARY KEY,
    url text NOT NULL,
    token_hash bytea NOT NULL,
    visits bigint NOT NULL DEFAULT 0,
    expires_at timestamptz,
    deleted_at timestamptz
)
"""
ALIVE = "deleted_at IS NULL AND (expires_at IS NULL OR expires_at > now())"


def make_tables():
    with transaction() as db:
        db.execute(SCHEMA)


def create(url, own_code, expires_in_s):
    """Store a link and give its code and its token, which is shown this once."""
    token = secrets.token_urlsafe(24)
    while True:
        code = own_code or secrets.token_urlsafe(6)
        if insert(code, url, hashed(token), expires_in_s):
            return code, token
        if own_code:
            raise Refused(409, "This code is taken.")


def insert(code, url, token_hash, expires_in_s):
    """The primary key decides who was first. True if it was this one."""
    with transaction() as db:
        done = db.execute(
            "INSERT INTO links (code, url, token_hash, expires_at)"
            " VALUES (%s, %s, %s, now() + make_interval(secs => %s::float8)) ON CONFLICT (code) DO NOTHING",
            (code, url, token_hash, expires_in_s),
        )
        return done.rowcount == 1


def visit(code):
    """Count a visit and say where it leads."""
    url = cache.target(code)
    if url is None:
        link = find(code)
        url = link["url"]
        cache.keep(code, url, link["left_ms"])
    if not count_visit(code):
        cache.forget(code)
        raise gone()
    return url


def count_visit(code):
    """Counting asks PostgreSQL, so it also settles whether the link is still alive."""
    with transaction() as db:
        done = db.execute(f"UPDATE links SET visits = visits + 1 WHERE code = %s AND {ALIVE}", (code,))
        return done.rowcount == 1


def find(code):
    """A link that is alive. Raises Refused for one that is gone, or never was."""
    with transaction() as db:
        link = db.execute(
            f"SELECT code, url, visits, token_hash, {ALIVE} AS alive,"
            " floor(extract(epoch FROM expires_at - now()) * 1000)::bigint AS left_ms"
            " FROM links WHERE code = %s",
            (code,),
        ).fetchone()
    if link is None:
        raise unknown()
    if not link["alive"]:
        raise gone()
    return link


def delete(code, token):
    link = find(code)
    if token is None:
        raise Refused(401, "Send the link's token: Authorization: Bearer …")
    if not hmac.compare_digest(link["token_hash"], hashed(token)):
        raise Refused(403, "This is not the link's token.")
    with transaction() as db:
        db.execute("UPDATE links SET deleted_at = now() WHERE code = %s", (code,))
    cache.forget(code)


def hashed(token):
    """A token is long and random, so a fast hash is enough: there is nothing to guess."""
    return hashlib.sha256(token.encode()).digest()
