"""A server with many connections may have as many files open, where the system allows that."""

from __future__ import annotations

import resource

import pytest

from trainer.config import Config
from trainer.web.server import allow_files


class Limits:
    def __init__(self, monkeypatch: pytest.MonkeyPatch, soft: int, hard: int) -> None:
        self.now = soft, hard
        monkeypatch.setattr(resource, "getrlimit", lambda _: self.now)
        monkeypatch.setattr(resource, "setrlimit", self._set)

    def _set(self, _which: int, limits: tuple[int, int]) -> None:
        self.now = limits


@pytest.mark.parametrize(
    ("soft", "hard", "allowed"),
    [
        (1024, 4096, 2536),
        (1024, resource.RLIM_INFINITY, 2536),
        (1024, 2000, 2000),
        (20_000, 20_000, 20_000),
    ],
)
def test_the_limit_is_raised_as_far_as_is_needed_and_allowed(
    monkeypatch: pytest.MonkeyPatch, soft: int, hard: int, allowed: int
) -> None:
    limits = Limits(monkeypatch, soft, hard)
    assert allow_files(Config(TRAINER_STREAMS=1000)) == allowed
    assert limits.now == (allowed, hard)
