"""Counts failed logins for each address, over a window that slides."""

import math
import os

from refusals import Refusal

MOST_FAILURES = int(os.environ["LOGIN_MAX_FAILURES"])
WINDOW_S = int(os.environ["LOGIN_WINDOW_S"])


def wait_turn(db, email):
    """Logins for one address come one after the other until the transaction ends, so that all are counted."""
    db.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [email])


def refuse_too_many(db, email):
    """Raises Refusal, which says when the oldest failure that counts leaves the window."""
    newest = db.execute(
        "SELECT extract(epoch FROM clock_timestamp() - at) AS age FROM login_failures"
        " WHERE email = %s AND at > clock_timestamp() - make_interval(secs => %s)"
        " ORDER BY at DESC LIMIT %s",
        [email, WINDOW_S, MOST_FAILURES],
    ).fetchall()
    if len(newest) == MOST_FAILURES:
        wait_s = max(1, math.ceil(WINDOW_S - newest[-1]["age"]))
        raise Refusal(429, "too_many_attempts", {"Retry-After": str(wait_s)})


def note_failure(db, email):
    db.execute("INSERT INTO login_failures (email) VALUES (%s)", [email])


def forget_failures(db, email):
    db.execute("DELETE FROM login_failures WHERE email = %s", [email])
