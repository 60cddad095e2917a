"""Rejudging: first one sees whose verdicts would change, then they do, and nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from sandbox.languages import languages
from tests.factories import make_package, make_user, publish_package
from tests.trainer.work.test_worker import make_data
from trainer.bank.files import Package, package
from trainer.db import db
from trainer.errors import Conflict, NotFound, Refused
from trainer.models import Attempt, Problem, Purpose, Rejudged, Rejudging, Role, Submission, User, Work, WorkKind
from trainer.services import claims, judging, rejudging, submissions, work
from trainer.services.author import Author
from trainer.services.rejudging import Applied, Change
from trainer.services.statements import MOST_LAPSES
from trainer.services.work import OF_STUDENTS, SLOW, WITH_REJUDGING
from trainer.web.runtime import runtime
from trainer.work.worker import Worker

RIGHT, WRONG = "def double(number): ...", "# answers 7"


def first() -> Package:
    """Guests may try it, too."""
    return make_package(warm_up="true")


def stricter() -> Package:
    """Another version, by which what doubles is wrong."""
    files = first().files
    secret = files["data/secret.yaml"].replace(b"expected: -8", b"expected: 8")
    return package("double", {**files, "data/secret.yaml": secret})


def make_ready(app: Flask) -> None:
    """Make hidden data, so that nothing but submissions is left to be done."""
    make_data(app)
    with app.app_context(), db.writing() as session:
        session.execute(sa.delete(Work).where(Work.kind == WorkKind.DATA))


@pytest.fixture
def worker(app: Flask) -> Worker:
    with app.app_context():
        found = runtime().worker
    assert found is not None
    return found


@pytest.fixture
def users(app: Flask) -> tuple[User, User]:
    """A student and a mentor, and the first version of the problem."""
    with app.app_context(), db.writing() as session:
        publish_package(session, first())
        made = make_user(session), make_user(session, "mentor@example.org", Role.MENTOR)
    make_ready(app)
    return made


@pytest.fixture
def send(app: Flask, worker: Worker, users: tuple[User, User]) -> Callable[..., int]:
    """Send something and have it judged: its number."""

    def send_one(
        source: str, author: Author | None = None, purpose: Purpose = Purpose.SUBMIT, language: str = "python"
    ) -> int:
        who = author or Author(user_id=users[0].id)
        with app.app_context(), db.writing() as session:
            sent = submissions.submit(session, who, "double", language=language, source=source, purpose=purpose)
        assert worker._do_next(OF_STUDENTS)
        return sent.id

    return send_one


@pytest.fixture
def ask(app: Flask, users: tuple[User, User]) -> Callable[..., int]:
    """Publish the stricter version and have everything judged by it: the number of the rejudging."""

    def asked(number: int | None = None) -> int:
        with app.app_context(), db.writing() as session:
            publish_package(session, stricter())
        make_ready(app)
        with app.app_context(), db.writing() as session:
            return rejudging.ask(session, users[1], "double", number).id

    return asked


def queue_all(app: Flask) -> int:
    with app.app_context(), db.writing() as session:
        return rejudging.queue_more(session)


def judge_all(app: Flask, worker: Worker) -> None:
    while queue_all(app) + sum(1 for _ in iter(lambda: worker._do_next(SLOW), False)):
        pass


def row(app: Flask, number: int) -> Submission:
    with app.app_context(), db.reading() as session:
        return session.get_one(Submission, number, options=[sa.orm.undefer(Submission.record)])


def state(app: Flask, number: int) -> rejudging.State:
    with app.app_context(), db.reading() as session:
        return rejudging.state(session, session.get_one(Rejudging, number))


def changes(app: Flask, number: int) -> list[Change]:
    with app.app_context(), db.reading() as session:
        return rejudging.changes(session, session.get_one(Rejudging, number))


def apply_all(app: Flask, user: User, number: int) -> int:
    changed = 0
    with app.app_context():
        while True:
            with db.writing() as session:
                page = rejudging.apply_page(session, user, number)
            if not page.left:
                return changed
            changed += page.changed


def accepted_at(app: Flask, user: User) -> object:
    with app.app_context(), db.reading() as session:
        return session.scalar(sa.select(Attempt.accepted_at).where(Attempt.user_id == user.id))


def test_nothing_changes_before_it_is_asked_for_and_then_all_of_it(
    app: Flask, worker: Worker, users: tuple[User, User], send: Callable[..., int], ask: Callable[..., int]
) -> None:
    student, mentor = users
    right, wrong, guest = send(RIGHT), send(WRONG), send(RIGHT, Author(guest_key="g"))
    send(RIGHT, purpose=Purpose.RUN)
    before = row(app, right)
    asked = ask()
    judge_all(app, worker)
    found = state(app, asked)
    assert (found.total, found.done, found.failed, found.changes, found.is_judged) == (3, 3, 0, 2, True)
    assert changes(app, asked) == [
        Change(right, student.email, "accepted", "wrong answer", 1, 2),
        Change(guest, None, "accepted", "wrong answer", 1, 2),
    ]
    assert (row(app, right).verdict, row(app, right).version_id) == ("accepted", before.version_id)
    assert accepted_at(app, student) is not None

    assert apply_all(app, mentor, asked) == 2
    after = row(app, right)
    assert (after.verdict, after.score < 1, after.version_id == before.version_id) == ("wrong answer", True, False)
    assert after.judged_at == before.judged_at
    assert accepted_at(app, student) is None
    assert row(app, wrong).version_id == after.version_id, "it is of the new version, too"
    with app.app_context(), db.reading() as session:
        assert rejudging.history(session, right) == [Change(right, None, "accepted", "wrong answer", 1, 2)]
        kept = sa.select(Rejudged.old_record).where(Rejudged.submission_id == right)
        assert session.scalar(kept) == before.record
        by = session.execute(sa.select(Rejudging.asked_by_id, Rejudging.applied_by_id, Rejudging.applied_at)).one()
        assert by[:2] == (mentor.id, mentor.id)
        assert by[2] is not None
        told = submissions.feedback(session, session.get_one(Submission, right))
    assert told is not None
    assert told.verdict == "wrong answer"


def test_what_becomes_right_is_accepted_since_it_was_sent(
    app: Flask, worker: Worker, users: tuple[User, User], send: Callable[..., int], ask: Callable[..., int]
) -> None:
    student, mentor = users
    right = send(RIGHT)
    asked = ask()
    judge_all(app, worker)
    apply_all(app, mentor, asked)
    assert accepted_at(app, student) is None
    with app.app_context(), db.writing() as session:
        publish_package(session, first())  # the first version is current again
        again = rejudging.ask(session, mentor, "double", 2).id
    judge_all(app, worker)
    assert apply_all(app, mentor, again) == 1
    assert row(app, right).verdict == "accepted"
    assert accepted_at(app, student) == row(app, right).judged_at
    with app.app_context(), db.reading() as session:
        assert [(one.before, one.after) for one in rejudging.history(session, right)] == [
            ("accepted", "wrong answer"), ("wrong answer", "accepted"),
        ]  # fmt: skip


def test_each_waits_for_the_boxes_of_its_language(
    app: Flask, send: Callable[..., int], ask: Callable[..., int]
) -> None:
    for language in languages():
        send(RIGHT, language=language)
    ask()
    queue_all(app)
    with app.app_context(), db.reading() as session:
        needs = session.scalars(sa.select(Work.sorts).where(Work.kind == WorkKind.REJUDGE).order_by(Work.id)).all()
    assert needs == list(languages())


def test_students_go_first(
    app: Flask, worker: Worker, users: tuple[User, User], send: Callable[..., int], ask: Callable[..., int]
) -> None:
    send(RIGHT)
    asked = ask()
    queue_all(app)
    with app.app_context(), db.writing() as session:
        waits = submissions.submit(session, Author(user_id=users[0].id), "double", language="python", source=WRONG).id
        assert claims.claim_next(session, "any", SLOW, 10.0) is None
    assert not worker._do_next(SLOW)
    assert worker._do_next(OF_STUDENTS)
    assert row(app, waits).verdict == "wrong answer"
    assert worker._do_next(SLOW)
    assert state(app, asked).done == 1


def test_a_dead_worker_loses_nothing_and_what_kills_three_stays_as_it_is(
    app: Flask, users: tuple[User, User], send: Callable[..., int], ask: Callable[..., int]
) -> None:
    right = send(RIGHT)
    asked = ask()
    queue_all(app)
    for died in range(MOST_LAPSES):
        assert state(app, asked).failed == 0
        with app.app_context(), db.writing() as session:
            held = claims.claim_next(session, "dies", WITH_REJUDGING, -1.0)
            assert held is not None
            assert (held.kind, held.lapses) == (WorkKind.REJUDGE, died)
        with app.app_context(), db.writing() as session:
            assert len(claims.put_back_lapsed(session)) == 1
            late = judging.judge_error("late")
            assert not rejudging.record(session, held, **late)
    queue_all(app)
    found = state(app, asked)
    assert (found.failed, found.changes, found.is_judged) == (1, 0, True)
    assert apply_all(app, users[1], asked) == 0
    assert row(app, right).verdict == "accepted"


def test_few_wait_at_a_time_and_an_interruption_of_the_change_is_gone_on_with(
    app: Flask, worker: Worker, users: tuple[User, User], send: Callable[..., int], ask: Callable[..., int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(rejudging, "PAGE", 2)
    sent = [send(RIGHT) for _ in range(5)]
    asked = ask()
    assert [queue_all(app), queue_all(app)] == [2, 0]
    with app.app_context(), db.reading() as session:
        waiting = sa.select(sa.func.count()).select_from(Work).where(Work.kind == WorkKind.REJUDGE)
        assert session.scalar(waiting) == 2
    assert state(app, asked).total == 5
    judge_all(app, worker)
    with app.app_context():
        with db.writing() as session:
            assert rejudging.apply_page(session, users[1], asked) == Applied(left=2, changed=2)
        with pytest.raises(Conflict), db.writing() as session:
            rejudging.drop(session, users[1], session.get_one(Rejudging, asked))
    assert [row(app, one).verdict == "accepted" for one in sent] == [False, False, True, True, True]
    assert apply_all(app, users[1], asked) == 3


def test_what_is_dropped_leaves_everything_as_it_was(
    app: Flask, worker: Worker, users: tuple[User, User], send: Callable[..., int], ask: Callable[..., int]
) -> None:
    right = send(RIGHT)
    asked = ask()
    queue_all(app)
    with app.app_context(), db.writing() as session:
        rejudging.drop(session, users[1], session.get_one(Rejudging, asked))
    assert not worker._do_next(SLOW)
    assert row(app, right).verdict == "accepted"
    with app.app_context(), db.writing() as session:
        problem, _ = rejudging.find(session, "double")
        (dropped,) = rejudging.past(session, problem)
        assert (dropped.is_dropped, dropped.asked_by, dropped.ended_by, dropped.changed) == (
            True, users[1].name, users[1].name, 0,
        )  # fmt: skip
        assert rejudging.ask(session, users[1], "double").id


def test_what_keeps_its_verdict_is_of_the_new_version_from_then_on(
    app: Flask, worker: Worker, users: tuple[User, User], send: Callable[..., int], ask: Callable[..., int]
) -> None:
    wrong, right = send(WRONG), send(RIGHT)
    asked = ask()
    with app.app_context(), db.reading() as session:
        problem, _ = rejudging.find(session, "double")
        assert [(one.number, one.count) for one in rejudging.by_version(session, problem)] == [(1, 2)]
    judge_all(app, worker)
    assert apply_all(app, users[1], asked) == 1
    assert [row(app, one).verdict for one in (wrong, right)] == ["wrong answer"] * 2
    with app.app_context(), db.reading() as session:
        problem, current = rejudging.find(session, "double")
        assert {row(app, one).version_id for one in (wrong, right)} == {current.id}
        assert rejudging.count(session, problem) == 0
        assert rejudging.by_version(session, problem) == []
        assert rejudging.history(session, wrong) == [], "its verdict never changed"
        (done,) = rejudging.past(session, problem)
        assert (done.is_dropped, done.changed) == (False, 1)


def test_what_may_not_be_asked_is_refused_with_a_reason(
    app: Flask, worker: Worker, users: tuple[User, User], send: Callable[..., int], ask: Callable[..., int]
) -> None:
    student, mentor = users

    def asking(user: User, slug: str = "double", number: int | None = None) -> None:
        with app.app_context(), db.writing() as session:
            rejudging.ask(session, user, slug, number)

    with pytest.raises(Conflict, match="nothing to rejudge"):
        asking(mentor)
    send(RIGHT)
    asked = ask()
    for user, slug, number, error in (
        (student, "double", None, Refused), (mentor, "none", None, NotFound), (mentor, "double", None, Conflict),
    ):  # fmt: skip
        with pytest.raises(error):
            asking(user, slug, number)
    with pytest.raises(Conflict, match="Not all of it is judged yet"):
        apply_all(app, mentor, asked)
    judge_all(app, worker)
    with pytest.raises(Refused):
        apply_all(app, student, asked)
    with app.app_context(), db.writing() as session:
        publish_package(session, first())
    with pytest.raises(Conflict, match="another version since"):
        apply_all(app, mentor, asked)


@pytest.mark.parametrize(("number", "error"), [(1, Conflict), (9, NotFound)])
def test_only_another_version_that_there_is_can_be_named(
    app: Flask, users: tuple[User, User], number: int, error: type[Exception]
) -> None:
    with app.app_context(), db.writing() as session, pytest.raises(error):
        rejudging.count(session, session.scalars(sa.select(Problem)).one(), number)


def test_a_rejudging_is_the_last_of_all_work(app: Flask) -> None:
    with app.app_context(), db.writing() as session:
        for number, priority in enumerate((7, 6, 4), 1):
            kind = WorkKind.REJUDGE if priority == 7 else WorkKind.DATA
            work.add(session, kind, number, priority=priority)  # type: ignore[arg-type]
        taken = [work.take_next(session, "any", WITH_REJUDGING, 10.0) for _ in range(3)]
    assert [one.subject_id for one in taken if one] == [3, 2, 1]
