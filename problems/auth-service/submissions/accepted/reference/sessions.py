"""Sessions: the chain of refresh tokens that begins with a login. A deleted session takes its tokens along."""

import hashlib
import secrets

LIFETIME = "30 days"


def begin(db, account_id):
    """The first refresh token of a new session."""
    session = db.execute("INSERT INTO sessions (account_id) VALUES (%s) RETURNING id", [account_id]).fetchone()
    return _issue(db, session["id"])


def rotate(db, token):
    """The account's id and the next refresh token, or two times None. A token that was used ends the session."""
    found = db.execute(
        "SELECT digest, session_id, account_id, used"
        " FROM refresh_tokens JOIN sessions ON sessions.id = session_id"
        " WHERE digest = %s AND expires_at > now()"
        " FOR UPDATE OF refresh_tokens",
        [_digest(token)],
    ).fetchone()
    if found is None:
        return None, None
    if found["used"]:
        _end(db, found["session_id"])
        return None, None
    db.execute("UPDATE refresh_tokens SET used = true WHERE digest = %s", [found["digest"]])
    return found["account_id"], _issue(db, found["session_id"])


def end(db, token):
    found = db.execute("SELECT session_id FROM refresh_tokens WHERE digest = %s", [_digest(token)]).fetchone()
    if found:
        _end(db, found["session_id"])


def _end(db, session_id):
    db.execute("DELETE FROM sessions WHERE id = %s", [session_id])


def _issue(db, session_id):
    token = secrets.token_urlsafe(32)
    db.execute(
        f"INSERT INTO refresh_tokens (digest, session_id, expires_at) VALUES (%s, %s, now() + interval '{LIFETIME}')",
        [_digest(token), session_id],
    )
    return token


def _digest(token):
    """A fast hash is enough: nobody can guess 256 random bits, salted or not."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
