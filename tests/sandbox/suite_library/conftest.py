from __future__ import annotations

from collections.abc import Callable

import pytest
from suite.client import Client, Transcript

from tests.sandbox.suite_library.raw import Service


@pytest.fixture(autouse=True)
def idle_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time-outs come when they say, however busy the machine of the tests is."""
    monkeypatch.setattr("suite.wire.slowness", lambda: 1.0)


@pytest.fixture
def transcript() -> Transcript:
    return Transcript()


@pytest.fixture
def client_of(transcript: Transcript) -> Callable[[Service], Client]:
    return lambda service: Client(transcript, service.url)
