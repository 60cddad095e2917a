"""Two requests at the same moment, on a database that lets both write: neither fails, nothing is lost or doubled."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.conftest import ending
from tests.factories import make_package, make_user, publish, small_interviews
from tests.postgres import PostgresServer
from trainer.bank.archives import to_zip
from trainer.clock import now
from trainer.db import Base, make_engine
from trainer.errors import TrainerError
from trainer.models import (
    Attempt,
    Draft,
    EditorKeys,
    EditorSettings,
    HintTaken,
    IdempotencyKey,
    Interview,
    InterviewEvents,
    InterviewPaste,
    InterviewReader,
    InterviewText,
    KnownMistakes,
    Note,
    Priority,
    Problem,
    ProblemVersion,
    Purpose,
    Report,
    Role,
    RubricEntry,
    Star,
    Submission,
    TestData,
    Upload,
    User,
    Work,
    WorkKind,
    WorkStatus,
)
from trainer.models import UploadStatus as Status
from trainer.services import (
    accounts,
    admission,
    attempts,
    drafts,
    editor_settings,
    idempotency,
    preparing,
    publishing,
    submissions,
    uploads,
    work,
)
from trainer.services.author import Author
from trainer.services.editor_settings import Chosen
from trainer.services.interviews import replay, rubric, sending, sitting, texts
from trainer.services.passwords import NewPassword

ROUNDS = 15
LEASE_S = 60.0
Verb = Callable[[Session], Any]


class Race:
    """Runs verbs side by side, each in a transaction and a thread of its own."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        with self.session() as session, session.begin():
            for slug in ("double", "beta", "gamma", "delta"):
                publish(session, slug)
            self.user_id = make_user(session).id
            self.other_id = make_user(session, "other@example.org", Role.MENTOR).id
            self.problem_id = session.scalars(sa.select(Problem.id).where(Problem.slug == "double")).one()
            self.version_id = session.scalars(sa.select(Problem.current_id).where(Problem.slug == "double")).one() or 0

    def session(self) -> Session:
        return Session(self._engine, expire_on_commit=False)

    def write(self, verb: Verb) -> Any:
        with self.session() as session, session.begin():
            return verb(session)

    def run(self, *verbs: Verb) -> list[Any]:
        """What each gave, or the TrainerError that it raised. Every other error fails the test."""
        barrier = threading.Barrier(len(verbs))
        found: list[Any] = [None] * len(verbs)

        def act(place: int, verb: Verb) -> None:
            try:
                with self.session() as session, session.begin():
                    session.connection()  # it is open before anybody starts
                    barrier.wait()
                    found[place] = verb(session)
            except Exception as error:
                found[place] = error

        threads = [threading.Thread(target=act, args=(place, verb)) for place, verb in enumerate(verbs)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for one in found:
            if isinstance(one, Exception) and not isinstance(one, TrainerError):
                raise one
        return found

    def count(self, table: type[Base], *conditions: Any) -> int:
        with self.session() as session:
            return session.scalar(sa.select(sa.func.count()).select_from(table).where(*conditions)) or 0

    def clear(self, *tables: type[Base]) -> None:
        self.write(lambda session: [session.execute(sa.delete(table)) for table in tables])

    def user(self, session: Session) -> User:
        return session.get_one(User, self.user_id)

    def other(self, session: Session) -> User:
        return session.get_one(User, self.other_id)


@pytest.fixture
def race(postgres: PostgresServer) -> Iterator[Race]:
    engine = make_engine(postgres.emptied())
    with ending(engine):
        yield Race(engine)


def errors(found: Sequence[Any]) -> list[str]:
    return sorted(type(one).__name__ for one in found if isinstance(one, Exception))


def both(verb: Verb) -> tuple[Verb, Verb]:
    return verb, verb


def test_an_attempt_is_opened_once(race: Race) -> None:
    for _ in range(ROUNDS):
        assert errors(race.run(*both(lambda s: attempts.touch(s, race.user_id, race.problem_id)))) == []
        assert race.count(Attempt) == 1
        race.clear(Attempt)


def test_no_work_that_is_counted_at_once_is_lost(race: Race) -> None:
    race.write(lambda s: attempts.touch(s, race.user_id, race.problem_id))
    for _ in range(ROUNDS):
        earlier = sa.update(Attempt).values(active_at=now() - timedelta(seconds=60), active_s=0, accepted_at=None)
        race.write(lambda s, it=earlier: s.execute(it))
        found = race.run(
            lambda s: attempts.accept(s, race.user_id, race.problem_id),
            lambda s: attempts.touch(s, race.user_id, race.problem_id),
        )
        assert errors(found) == []
        with race.session() as session:
            attempt = session.scalars(sa.select(Attempt)).one()
            assert 60 <= attempt.active_s < 70
            assert attempt.accepted_at is not None


def send(race: Race, purpose: Purpose, source: str = "x") -> Verb:
    author = Author(user_id=race.user_id)
    return lambda s: submissions.submit(s, author, "double", language="python", source=source, purpose=purpose).id


def test_a_run_and_a_submission_of_a_new_problem_are_both_kept(race: Race) -> None:
    for _ in range(ROUNDS):
        assert errors(race.run(send(race, Purpose.RUN), send(race, Purpose.SUBMIT))) == []
        assert (race.count(Submission), race.count(Attempt)) == (2, 1)
        race.clear(Submission, Attempt)


def test_of_two_submissions_one_is_kept_and_the_other_waits(race: Race) -> None:
    for _ in range(ROUNDS):
        found = race.run(send(race, Purpose.SUBMIT, "one"), send(race, Purpose.SUBMIT, "two"))
        assert errors(found) == ["Busy"]
        assert race.count(Submission) == 1
        race.clear(Submission, Attempt)


def test_a_guest_sends_once(race: Race) -> None:
    race.write(lambda s: publish(s, "warm", warm_up="true"))
    guest = Author(guest_key="somebody")
    for _ in range(ROUNDS):
        found = race.run(*both(lambda s: submissions.submit(s, guest, "warm", language="python", source="x")))
        assert errors(found) == ["Busy"]
        race.clear(Submission)


def test_a_star_and_a_hint_are_there_once(race: Race) -> None:
    for _ in range(ROUNDS):
        star = both(lambda s: attempts.set_star(s, race.user_id, race.problem_id, starred=True))
        hint = both(lambda s: attempts.take_hint(s, race.user_id, race.problem_id, 1, count=2))
        assert errors(race.run(*star, *hint)) == []
        assert (race.count(Star), race.count(HintTaken)) == (1, 1)
        race.clear(Star, HintTaken, Attempt)


def test_a_star_may_be_set_and_taken_at_once(race: Race) -> None:
    for starred in (True, False) * ROUNDS:
        found = race.run(
            lambda s, to=starred: attempts.set_star(s, race.user_id, race.problem_id, starred=to),
            lambda s, to=starred: attempts.set_star(s, race.user_id, race.problem_id, starred=not to),
        )
        assert errors(found) == []


def test_an_editor_is_set_once_whoever_is_later(race: Race) -> None:
    for _ in range(ROUNDS):
        found = race.run(
            lambda s: editor_settings.keep(s, race.user_id, Chosen(font_px=20)),
            lambda s: editor_settings.keep(s, race.user_id, Chosen(keys=EditorKeys.VIM)),
        )
        assert errors(found) == []
        assert race.count(EditorSettings) == 1
        race.clear(EditorSettings)


def test_a_request_that_comes_twice_at_once_does_its_work_once(race: Race) -> None:
    def act(session: Session) -> int:
        claimed = idempotency.claim(session, race.user_id, "a-key", "digest")
        if not claimed.status:
            made = attempts.report(
                session,
                race.user_id,
                problem_id=race.problem_id,
                version_id=race.version_id,
                kind="statement",
                text="x",
            )
            idempotency.keep(session, claimed, status=201, body=str(made.id), location="")
        return int(claimed.body)

    for _ in range(ROUNDS):
        first, second = race.run(*both(act))
        assert first == second
        assert (race.count(Report), race.count(IdempotencyKey)) == (1, 1)
        race.clear(Report)
        race.clear(IdempotencyKey)


def test_of_two_notes_the_later_stays(race: Race) -> None:
    for _ in range(ROUNDS):
        found = race.run(
            lambda s: attempts.write_note(s, race.user_id, race.problem_id, "one"),
            lambda s: attempts.write_note(s, race.user_id, race.problem_id, "two"),
        )
        assert errors(found) == []
        assert race.count(Note) == 1
        race.clear(Note)


def test_a_package_is_published_once(race: Race) -> None:
    for number in range(ROUNDS):
        package = make_package(f"new-{number}")
        versions = race.run(*both(lambda s, it=package: publishing.publish(s, it).id))
        assert errors(versions) == []
        assert versions[0] == versions[1]


def test_versions_that_are_published_at_once_are_numbered_in_turn(race: Race) -> None:
    for number in range(ROUNDS):
        packages = [make_package("double", title=f"Title {number} {one}") for one in "ab"]
        found = race.run(*(lambda s, it=it: publishing.publish(s, it).number for it in packages))
        assert errors(found) == []
        assert sorted(found) == [2 * number + 2, 2 * number + 3]
    assert race.count(ProblemVersion, ProblemVersion.problem_id == race.problem_id) == 2 * ROUNDS + 1


def test_hidden_data_and_known_mistakes_are_kept_once(race: Race) -> None:
    for number in range(ROUNDS):
        data = {"digest": f"digest {number}", "cases": b"x", "count": 1, "created_at": now()}
        kept = both(lambda s, it=data: publishing.keep(s, TestData(**it)))
        mistakes = both(lambda s: publishing.keep_mistakes(s, race.version_id, {"a": "b"}))
        assert errors(race.run(*kept, *mistakes)) == []
        assert (race.count(TestData), race.count(KnownMistakes)) == (number + 1, 1)
        race.clear(KnownMistakes)


def test_of_two_sign_ups_with_one_address_one_is_told(race: Race) -> None:
    for number in range(ROUNDS):
        found = race.run(*both(lambda s, it=f"new{number}@example.org": make_user(s, it)))
        assert errors(found) == ["Conflict"]


def test_a_one_time_link_is_used_once(race: Race) -> None:
    for number in range(ROUNDS):
        token = race.write(lambda s: accounts.make_link(s, race.user(s)))
        words = [f"a password of {number} {one}" for one in "ab"]
        found = race.run(*(lambda s, it=it, t=token: accounts.use_link(s, t, NewPassword(it)).id for it in words))
        assert errors(found) == ["NotFound"]


def test_the_last_place_of_an_invite_is_taken_once(race: Race) -> None:
    for _ in range(ROUNDS):
        token = race.write(lambda s: admission.make_invite(s, name="Class", days=1, most=1).token)
        found = race.run(*both(lambda s, it=token: admission.use_invite(s, it).id))
        assert errors(found) == ["Refused"]


def test_of_two_admins_who_leave_one_stays(race: Race) -> None:
    both_admins = sa.update(User).values(role=Role.ADMIN)
    for _ in range(ROUNDS):
        race.write(lambda s: s.execute(both_admins))
        found = race.run(
            lambda s: accounts.set_role(s, race.user(s), Role.STUDENT),
            lambda s: accounts.set_role(s, s.get_one(User, race.other_id), Role.STUDENT),
        )
        assert errors(found) == ["Conflict"]
        assert race.count(User, User.role == Role.ADMIN) == 1


def save(race: Race, source: str, base: int, *, force: bool = False) -> Verb:
    where: dict[str, Any] = {"language": "python", "base_revision": base, "force": force}
    return lambda s: drafts.save(s, race.user_id, race.problem_id, source=source, **where).revision


def test_of_two_drafts_the_second_is_told_of_the_first(race: Race) -> None:
    for number in range(ROUNDS):
        found = race.run(save(race, f"one {number}", number), save(race, f"two {number}", number))
        assert errors(found) == ["NewerDraft"]
        assert max(one for one in found if isinstance(one, int)) == number + 1


def test_two_forced_drafts_are_both_kept(race: Race) -> None:
    race.write(save(race, "first", 0))
    for number in range(ROUNDS):
        found = race.run(save(race, f"one {number}", 0, force=True), save(race, f"two {number}", 0, force=True))
        assert errors(found) == []
        assert sorted(found) == [2 * number + 2, 2 * number + 3]
    assert race.count(Draft) > 1


def publish_upload(session: Session, user: User, upload_id: int) -> int:
    return uploads.publish(session, user, uploads.read_checked(session, user, upload_id)).id


@pytest.mark.parametrize("verbs", [(publish_upload, publish_upload), (publish_upload, uploads.discard)])
def test_an_upload_is_decided_once(race: Race, verbs: tuple[Callable[..., Any], ...]) -> None:
    for number in range(ROUNDS):
        archive = to_zip(make_package("double", title=f"Title {number}"))
        upload_id = race.write(lambda s, it=archive: uploads.receive(s, race.other(s), it).id)
        checked = sa.update(Upload).where(Upload.id == upload_id).values(status=Status.CHECKED, passed=True)
        race.write(lambda s, it=checked: s.execute(it))
        found = race.run(*(lambda s, it=it, n=upload_id: it(s, race.other(s), n) for it in verbs))
        assert len(errors(found)) == 1
        status = race.write(lambda s, n=upload_id: s.get_one(Upload, n).status)
        published = race.count(ProblemVersion, ProblemVersion.title == f"Title {number}")
        assert (status is Status.PUBLISHED) == bool(published)


def begin(race: Race, format_id: str = "pair-20") -> Verb:
    return lambda s: sitting.start(s, race.user(s), format_id, small_interviews()).id


def test_an_interview_begins_once(race: Race) -> None:
    for _ in range(ROUNDS):
        found = race.run(*both(begin(race)))
        assert errors(found) == []
        assert found[0] == found[1]
        race.clear(Interview)


def test_an_interview_ends_once_and_sends_what_is_due_once(race: Race) -> None:
    for _ in range(ROUNDS):
        number = race.write(begin(race))
        race.write(write(race, number, "draft", 0))
        found = race.run(
            lambda s, n=number: sitting.hand_in(s, sitting.own(s, race.user_id, n)),
            lambda s, n=number: sitting.abandon(s, sitting.own(s, race.user_id, n)),
            lambda s, n=number: sitting.hand_in(s, sitting.own(s, race.user_id, n)),
        )
        assert errors(found) == []
        with race.session() as session:
            ended = session.get_one(Interview, number)
            assert race.count(Submission) == (0 if ended.abandoned else 1)
        race.clear(Submission, Interview)


def write(race: Race, interview_id: int, text: str, base: int, **more: Any) -> Verb:
    def act(session: Session) -> int:
        interview = sitting.own(session, race.user_id, interview_id)
        return texts.save(session, interview, 1, "python", text, base_revision=base, **more).revision

    return act


def test_of_two_texts_the_second_is_told_of_the_first(race: Race) -> None:
    number = race.write(begin(race))
    for base in range(ROUNDS):
        found = race.run(write(race, number, f"one {base}", base), write(race, number, f"two {base}", base))
        assert errors(found) == ["NewerText"]
        assert max(one for one in found if isinstance(one, int)) == base + 1


def test_what_comes_late_twice_is_kept(race: Race) -> None:
    for _ in range(ROUNDS):
        number = race.write(begin(race))
        race.write(lambda s, n=number: sitting.abandon(s, sitting.own(s, race.user_id, n)))
        assert errors(race.run(write(race, number, "one", 0), write(race, number, "two", 0))) == []
        assert race.count(InterviewText, InterviewText.late_text.in_(["one", "two"])) == 1
        race.clear(Interview)


def test_a_batch_and_a_paste_are_recorded_once(race: Race) -> None:
    events = [{"ago": 0, "task": 1, "name": "python", "from": 0, "to": 0, "text": "x" * replay.LONG_PASTE}]
    number = race.write(begin(race))
    for batch in range(ROUNDS):
        verb = both(lambda s, k=f"batch {batch}": replay.record(s, sitting.own(s, race.user_id, number), k, events))
        assert race.run(*verb) == [True, True]
        assert (race.count(InterviewEvents), race.count(InterviewPaste)) == (batch + 1, 1)
        race.clear(InterviewPaste)


def test_submissions_of_a_task_are_sent_in_turn(race: Race) -> None:
    for _ in range(ROUNDS):
        number = race.write(begin(race))

        def one(session: Session, at: int = number) -> int:
            interview = sitting.own(session, race.user_id, at)
            found = sending.send(session, interview, 1, language="python", source="x", purpose=Purpose.SUBMIT)
            return found.id

        assert errors(race.run(one, one)) == ["Busy"]
        race.clear(Submission, Interview)


def over(race: Race) -> int:
    number: int = race.write(begin(race))
    race.write(lambda s: sitting.hand_in(s, sitting.own(s, race.user_id, number)))
    return number


def test_an_interview_has_one_invitation_and_one_reader(race: Race) -> None:
    number = over(race)
    for _ in range(ROUNDS):
        found = race.run(*both(lambda s: rubric.invite(s, sitting.own(s, race.user_id, number))))
        assert errors(found) == []
        assert race.count(InterviewReader) == 1
    third = race.write(lambda s: make_user(s, "third@example.org").id)
    for _ in range(ROUNDS):
        token = race.write(lambda s: rubric.invite(s, sitting.own(s, race.user_id, number)))
        readers = (race.other_id, third)
        found = race.run(*(lambda s, u=u, t=token: rubric.open_by_link(s, s.get_one(User, u), t) for u in readers))
        assert errors(found) == ["Refused"]


def test_a_line_of_the_rubric_is_there_once(race: Race) -> None:
    number = over(race)
    for _ in range(ROUNDS):
        found = race.run(*both(lambda s: rubric.fill(s, sitting.own(s, race.user_id, number), race.user_id, "code", 1)))
        assert errors(found) == []
        assert race.count(RubricEntry) == 1
        race.clear(RubricEntry)


def test_data_that_is_made_at_this_moment_is_not_given_up(race: Race) -> None:
    """Who finishes between the look at what waits and the look at what is given up leaves the data made."""
    version = race.write(lambda s: s.get_one(ProblemVersion, race.version_id))
    held = race.write(lambda s: preparing.claim(s, version, "a worker", LEASE_S))
    with race.session() as session:
        connection = session.connection()

        def finish(*heard: Any) -> None:
            if heard[2].startswith("UPDATE work"):
                race.write(lambda s: work.finish(s, held))

        sa.event.listen(connection, "after_cursor_execute", finish)
        with pytest.raises(preparing.UnderWay):
            preparing.claim(session, version, "another", LEASE_S)
        sa.event.remove(connection, "after_cursor_execute", finish)
        session.rollback()
        assert preparing.claim(session, version, "another", LEASE_S).work_id > held.work_id


def test_data_that_nobody_queued_is_made_by_one(race: Race) -> None:
    version = race.write(lambda s: s.get_one(ProblemVersion, race.version_id))
    for _ in range(ROUNDS):
        race.clear(Work)
        found = race.run(*both(lambda s: claim_data(s, version)))
        assert sorted(found, key=str) == ["a claim", "under way"]


def claim_data(session: Session, version: ProblemVersion) -> str:
    try:
        preparing.claim(session, version, "a worker", LEASE_S)
    except preparing.UnderWay:
        return "under way"
    return "a claim"


def queue_runs(race: Race, count: int) -> list[int]:
    """Work of a kind that needs no subject's row to be there."""
    race.clear(Work)
    numbers = list(range(1, count + 1))
    add = lambda s, n: work.add(s, WorkKind.RUN, n, priority=Priority.RUN, account=f"user {n % 5}", brief=True)  # noqa: E731
    race.write(lambda s: [add(s, number) for number in numbers])
    return numbers


def test_nothing_is_claimed_twice_and_nobody_waits_for_another_claim(race: Race) -> None:
    for _ in range(ROUNDS):
        numbers = queue_runs(race, 8)
        found = race.run(*(lambda s: work.take_next(s, "a worker", work.BRIEF, LEASE_S) for _ in numbers))
        assert sorted(held.subject_id for held in found) == numbers


def test_what_lapsed_is_put_back_once(race: Race) -> None:
    for _ in range(ROUNDS):
        queue_runs(race, 6)
        for _ in range(6):
            assert race.write(lambda s: work.take_next(s, "a worker", work.BRIEF, -1.0))
        found = race.run(*(lambda s: len(work.put_back_lapsed(s)) for _ in range(10)))
        assert sum(found) == 6
        assert race.count(Work, Work.lapses == 1, Work.status == WorkStatus.WAITING) == 6


def test_one_of_a_late_worker_and_the_next_one_finishes(race: Race) -> None:
    for _ in range(ROUNDS):
        queue_runs(race, 1)
        late = race.write(lambda s: work.take_next(s, "late", work.BRIEF, -1.0))
        race.write(work.put_back_lapsed)
        held = race.write(lambda s: work.take_next(s, "next", work.BRIEF, LEASE_S))
        found = race.run(*(lambda s, one=one: work.finish(s, one) for one in (late, held, held)))
        assert found[0] is False
        assert sorted(found[1:]) == [False, True]
        assert race.count(Work) == 0


def test_an_interview_is_closed_by_one_of_ten(race: Race) -> None:
    number = over(race)
    race.write(lambda s: s.execute(sa.update(Interview).values(closed_at=None)))
    race.run(*(lambda s: sitting.close_due(s, number) for _ in range(10)))
    assert race.count(Interview, Interview.closed_at.is_not(None)) == 1
