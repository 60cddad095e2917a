"""Counts tries in a Redis server, for all processes that serve one database."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable

import structlog
from redis import Redis, RedisError

from trainer.web.tries import PATIENCE, Full, LocalTries, Mark, Window

log = structlog.get_logger()

PAUSE_S = 10.0
"""So long each process counts by itself after the server did not answer."""

COUNT = """
local moment = redis.call('TIME')
local now = tonumber(moment[1]) + tonumber(moment[2]) / 1000000
local longest, wait = 0, 0
for i = 2, #ARGV, 2 do
  local most, seconds = tonumber(ARGV[i]), tonumber(ARGV[i + 1])
  longest = math.max(longest, seconds)
  local found = redis.call('ZREVRANGE', KEYS[1], most - 1, most - 1, 'WITHSCORES')
  if found[2] then
    wait = math.max(wait, tonumber(found[2]) + seconds - now)
  end
end
if wait > 0 then
  return tostring(wait)
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - longest)
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('EXPIRE', KEYS[1], math.ceil(longest))
return '0'
"""
"""Takes the name of a try, and how many are allowed in how many seconds. Answers the seconds to wait by its clock."""


def connect(url: str) -> Redis:
    """A client that connects when it is used first."""
    return Redis.from_url(url, **PATIENCE)


class SharedTries:
    """As `LocalTries`, over all processes. While the server is away each process counts by itself."""

    def __init__(self, server: Redis, name: str, *windows: Window, clock: Callable[[], float] = time.monotonic) -> None:
        self._server = server
        self._name = name
        self._count = server.register_script(COUNT)
        self._limits = [number for window in windows for number in (window.most, window.seconds)]
        self._alone = LocalTries(*windows)
        self._clock = clock
        self._pause_ends = 0.0

    def count(self, key: str) -> Mark:
        mark = secrets.token_hex(8)
        if self._clock() >= self._pause_ends:
            try:
                wait_s = float(self._count(keys=[self._place(key)], args=[mark, *self._limits]))
            except RedisError as error:
                self._pause(error)
            else:
                if wait_s > 0:
                    raise Full(wait_s)
                return mark
        return self._alone.count(key)

    def take_back(self, key: str, mark: Mark) -> None:
        if isinstance(mark, float):
            self._alone.take_back(key, mark)
            return
        try:
            self._server.zrem(self._place(key), mark)
        except RedisError as error:
            self._pause(error)

    def _place(self, key: str) -> str:
        return f"trainer:{self._name}:{key}"

    def _pause(self, error: RedisError) -> None:
        log.warning("limits are counted by each server alone", why=str(error))
        self._pause_ends = self._clock() + PAUSE_S
