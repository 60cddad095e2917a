"""A request whose transaction met another one is answered once more, by itself."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask, g, request
from flask.testing import FlaskClient

from tests.factories import make_user
from trainer.db import db
from trainer.models import User
from trainer.web.runtime import send_after_commit

pytestmark = pytest.mark.own_app  # it has a view more

TAKEN = "mira@example.org"


@pytest.fixture
def calls(app: Flask) -> list[bytes]:
    """What each call of the view was sent."""
    return []


@pytest.fixture
def post(app: Flask, calls: list[bytes]) -> Callable[..., int]:
    """Posts to a view that fails `times` times because somebody has inserted the same row. The status."""
    with app.app_context(), db.writing() as session:
        make_user(session, TAKEN)

    def view() -> str:
        file = request.files["file"]
        calls.append(file.read())
        make_user(db.session, "new@example.org")
        send_after_commit(1)
        if len(calls) <= int(request.form["times"]):
            taken = sa.select(*(c for c in User.__table__.columns if c.name != "id")).where(User.email == TAKEN)
            names = [c.name for c in User.__table__.columns if c.name != "id"]
            db.session.execute(sa.insert(User).from_select(names, taken))
        assert g.to_judge == [1]
        return "done"

    app.add_url_rule("/met-another", view_func=view, methods=["POST"])
    client: FlaskClient = app.test_client()
    token = re.search(r'name="csrf-token" content="([^"]+)"', client.get("/how-judging-works").text)
    assert token

    def send(times: int) -> int:
        with open(__file__, "rb") as file:
            answer = client.post(
                "/met-another", data={"csrf_token": token[1], "times": str(times), "file": (file, "file.py")}
            )
            answer.request.environ["wsgi.input"].close()
            return answer.status_code

    return send


def accounts_of(app: Flask, email: str) -> int:
    with app.app_context(), db.reading() as session:
        return len(session.scalars(sa.select(User).where(User.email == email)).all())


def test_what_met_another_transaction_is_done_once_more(
    app: Flask, post: Callable[..., int], calls: list[bytes]
) -> None:
    assert post(1) == 200
    assert len(calls) == 2
    assert calls[0] == calls[1] != b""
    assert accounts_of(app, "new@example.org") == 1


def test_it_is_not_tried_for_ever(app: Flask, post: Callable[..., int], calls: list[bytes]) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    assert post(9) == 500
    assert len(calls) == 2
    assert accounts_of(app, "new@example.org") == 0
