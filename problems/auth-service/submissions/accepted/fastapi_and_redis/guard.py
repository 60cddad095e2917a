"""Failed logins in Redis: every attempt is counted before the password is looked at, a right one clears the count."""

import math
import os

import redis

MOST = int(os.environ["LOGIN_MAX_FAILURES"])
WINDOW_MS = int(os.environ["LOGIN_WINDOW_S"]) * 1000
_redis = redis.Redis.from_url(os.environ["REDIS_URL"])


def count_attempt(email):
    """Seconds to wait, or 0. The window begins with the first attempt."""
    with _redis.pipeline(transaction=True) as pipe:
        pipe.set(_key(email), 0, px=WINDOW_MS, nx=True).incr(_key(email)).pttl(_key(email))
        _, count, left_ms = pipe.execute()
    return max(1, math.ceil(left_ms / 1000)) if count > MOST else 0


def forget(email):
    _redis.delete(_key(email))


def _key(email):
    return f"logins:{email}"
