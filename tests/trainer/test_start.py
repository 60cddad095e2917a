"""What is made ready before the first request, also where several servers start at once."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.factories import lay, make_package
from trainer import start
from trainer.config import Config
from trainer.db import db
from trainer.models import ProblemVersion, User

SERVERS = 10


def test_of_servers_that_start_together_one_prepares(app: Flask, config: Config, tmp_path: Path) -> None:
    config = config.model_copy(update={"problems": tmp_path / "bank"})
    for slug in ("double", "window"):
        lay(config.problems, make_package(slug))
    together, said, failed = threading.Barrier(SERVERS), [], []

    def begin() -> None:
        together.wait()
        try:
            start.prepare(app, config, said.append)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=begin) for _ in range(SERVERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sorted(line for line in said if "new" in line) == ["  double: new", "  window: new"]
    with app.app_context(), db.reading() as session:
        assert session.scalars(sa.select(ProblemVersion.number)).all() == [1, 1]
        assert session.scalars(sa.select(User.email)).all() == [start.ADMIN_EMAIL]


def test_a_server_that_fails_to_prepare_keeps_no_other_from_it(app: Flask, config: Config) -> None:
    def fail(line: str) -> None:
        raise BrokenPipeError(line)

    with pytest.raises(BrokenPipeError):
        start.prepare(app, config, fail)
    said: list[str] = []
    start.prepare(app, config, said.append)
    assert any("No admin yet" in line for line in said)
