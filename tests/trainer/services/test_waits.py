"""Whoever waits is told why, where it is not for what waits before: nobody judges, or nobody judges this kind."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from sandbox.builds import WAITS
from sandbox.languages import languages
from tests.factories import make_worker
from trainer.kinds import KINDS
from trainer.models import SubmissionStatus
from trainer.services import waits, workers
from trainer.services.waits import NOBODY, STARTING

QUEUED, JUDGING, JUDGED = SubmissionStatus.QUEUED, SubmissionStatus.JUDGING, SubmissionStatus.JUDGED


def kinds_that_wait(session: Session) -> dict[str, str]:
    found = {kind.NAME: waits.why(session, QUEUED, kind.NAME) for kind in KINDS}
    return {kind: why for kind, why in found.items() if why}


@pytest.mark.parametrize("status", [QUEUED, JUDGING, JUDGED])
def test_without_a_worker_all_wait_that_is_not_judged(session: Session, status: SubmissionStatus) -> None:
    assert waits.why(session, status, "function") == ("" if status is JUDGED else NOBODY)
    make_worker(session)
    assert waits.why(session, status, "function") == ""


def test_without_an_engine_only_quizzes_are_judged(session: Session) -> None:
    make_worker(session, message="no engine answers")
    assert kinds_that_wait(session) == dict.fromkeys(["function", "sql", "service", "debug"], NOBODY)
    assert waits.notices(session, "service", ["files"]) == {}


def test_services_wait_alone_where_only_their_boxes_do_not_start(session: Session) -> None:
    make_worker(session)
    found = kinds_that_wait(session)
    assert set(found) == {"service", "debug"}
    assert found["service"].startswith("Services cannot be judged at the moment, because the sandboxes")
    assert found["debug"].startswith("Debugging problems cannot be judged at the moment")
    assert "saved and waits" in found["service"]
    said = waits.notices(session, "service", ["files"])["files"]
    assert said.mark == "cannot be judged now"
    assert said.sentence.endswith("What you send is saved and judged as soon as they do.")
    assert [waits.notices(session, kind, ["python"]) for kind in ("function", "sql", "quiz")] == [{}, {}, {}]
    assert waits.why(session, JUDGING, "service") == "", "somebody is at it"


def test_programs_in_a_language_wait_alone_where_only_its_boxes_do_not_start(session: Session) -> None:
    make_worker(session, away=set(languages()) - {"python"})
    other = list(languages().values())[-1]
    said = f"Programs in {other.title} cannot be judged at the moment"
    assert waits.why(session, QUEUED, "function", other.name).startswith(said)
    assert waits.why(session, QUEUED, "function", "python") == ""
    told = waits.notices(session, "function", tuple(languages()))
    assert set(told) == set(languages()) - {"python"}
    assert told[other.name].sentence.startswith(said)


def test_a_language_whose_image_is_built_is_said_to_be_set_up(session: Session) -> None:
    make_worker(session, away=set(languages()) - {"python"}, why=WAITS)
    other = list(languages().values())[-1]
    assert waits.why(session, QUEUED, "function", other.name).startswith(
        f"Programs in {other.title} cannot be judged yet"
    )
    told = waits.notices(session, "function", tuple(languages()))
    assert {one.mark for one in told.values()} == {"being set up"}


def test_while_nothing_is_built_the_judge_is_said_to_be_set_up(session: Session) -> None:
    make_worker(session, message=WAITS)
    assert waits.why(session, QUEUED, "function") == STARTING


def test_a_kind_that_nobody_knows_asks_for_all_boxes(session: Session) -> None:
    make_worker(session)
    assert "Problems of this kind" in waits.why(session, QUEUED, "drawing")
    able = workers.EngineState(is_available=True, message="", why_single="", sorts=("data", "python", "service"))
    workers.beat(session, "8", workers.About("all", "1.0", judges=1, max_boxes=1, max_memory_mib=256), able, 0)
    assert waits.why(session, QUEUED, "drawing") == ""
