"""Where codes lead, in Redis. It may forget everything at any moment; it never decides whether a link is alive."""

import os

import redis

KEEP_MS = 60_000

store = redis.Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)


def target(code):
    return store.get(_key(code))


def keep(code, url, left_ms):
    """Remember a target, but not beyond the link's end; `left_ms` is None for a link without one."""
    keep_ms = KEEP_MS if left_ms is None else min(KEEP_MS, left_ms)
    if keep_ms > 0:
        store.set(_key(code), url, px=keep_ms)


def forget(code):
    store.delete(_key(code))


def _key(code):
    return f"link:{code}"
