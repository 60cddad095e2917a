"""Interviews: begun once, ended by the server's clock, and what was acknowledged in time counts, once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy.orm import Session

from tests.factories import claimed, make_user, publish
from tests.trainer.services.undone import Undone
from trainer.bank.interviews import Criterion, Disclosure, Format, Interviews, SpokenQuestion, Step, TaskRule
from trainer.db import Base
from trainer.errors import Busy, Invalid, NotFound
from trainer.learning.progress import State
from trainer.learning.replay import Edit, Look
from trainer.models import (
    Attempt,
    Interview,
    InterviewEvents,
    InterviewPaste,
    InterviewText,
    Problem,
    Purpose,
    Submission,
    User,
)
from trainer.services import accounts, attempts, catalogue, judging, submissions
from trainer.services.author import Author
from trainer.services.export import export
from trainer.services.interviews import drawing, replay, report, rubric, sending, sitting, state, texts
from trainer.services.interviews.state import Held, Over
from trainer.services.pieces import pieces

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
PAIR = Format(
    id="pair-20",
    title="Pair-20",
    about="Two small tasks.",
    order=1,
    minutes=20,
    reveal=Disclosure.SAMPLES,
    tasks=(
        TaskRule(minutes=10, kinds=("function",), points=60, efficiency=10),
        TaskRule(minutes=10, kinds=("function",), points=30),
    ),
    steps=(Step("plan", "Plan", 5, "How?"), Step("code", "Code", 5)),
    rubric=(Criterion("code", "Code", ("It does not run.", "It is plain.")),),
)
SILENT = Format(
    id="silent", title="Silent", about="Nothing is said.", order=2, minutes=10, reveal=Disclosure.NONE,
    tasks=(TaskRule(minutes=10, kinds=("function",), points=1),),
)  # fmt: skip
TALK = Format(
    id="talk", title="Talk", about="Words.", order=3, minutes=10, reveal=Disclosure.NONE,
    tasks=(TaskRule(minutes=5, question="project"), TaskRule(minutes=5, question="project")),
)  # fmt: skip
QUESTIONS = tuple(SpokenQuestion(f"q-{n}", "project", f"Question {n}?", ("One.", "Two.")) for n in range(3))
ALL = Interviews((PAIR, SILENT, TALK), QUESTIONS)
SLUGS = ("alpha", "beta", "gamma", "delta")


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def student(session: Session, clock: time_machine.Traveller) -> User:
    for slug in SLUGS:
        publish(session, slug)
    publish(session, "warm", warm_up="true")
    return make_user(session)


def taken(session: Session, student: User) -> Any:
    """What the student's export says, read again."""
    return json.loads("".join(pieces(export(session, student))))


def begin(session: Session, student: User, format_id: str = "pair-20", seed: int = 1) -> Interview:
    return sitting.start(session, student, format_id, ALL, seed=seed)


def type_in(session: Session, interview: Interview, number: int, text: str, base: int = 0) -> InterviewText:
    return texts.save(session, interview, number, "python", text, base_revision=base)


def submit(session: Session, interview: Interview, number: int, source: str) -> Submission:
    return sending.send(session, interview, number, language="python", source=source, purpose=Purpose.SUBMIT)


def judge(session: Session, submission: Submission, verdict: str = "accepted", score: float = 1.0) -> None:
    assert judging.record(session, claimed(session, submission), verdict=verdict, score=score, record={})


def sent(session: Session, interview: Interview) -> list[tuple[int, str, bool]]:
    """What was submitted: task, source, whether the bell did it."""
    session.expire_all()
    numbers = {task.id: task.number for task in interview.tasks}
    found = session.scalars(sa.select(Submission).where(Submission.purpose == Purpose.SUBMIT).order_by(Submission.id))
    return [(numbers[one.task_id], one.source, one.at_bell) for one in found if one.task_id]


# the start


def test_a_second_press_on_start_finds_the_interview_of_the_first(session: Session, student: User) -> None:
    first, second = begin(session, student, seed=1), begin(session, student, seed=2)
    assert first.id == second.id
    assert [task.number for task in first.tasks] == [1, 2]


def test_the_same_seed_draws_the_same_tasks_and_seen_ones_come_last(session: Session, student: User) -> None:
    first = begin(session, student, seed=7)
    drawn = [task.version.problem.slug for task in first.tasks if task.version]
    sitting.hand_in(session, first)
    second = begin(session, student, seed=7)
    assert {task.version.problem.slug for task in second.tasks if task.version} == set(SLUGS) - set(drawn)


def test_what_was_tried_in_practice_is_drawn_last(session: Session, student: User) -> None:
    for slug in ("alpha", "beta"):
        submissions.submit(session, Author(user_id=student.id), slug, language="python", source="x = 1")
        judge(session, session.scalars(sa.select(Submission).order_by(Submission.id.desc())).first())  # type: ignore[arg-type]
    for seed in range(5):
        interview = begin(session, student, seed=seed)
        assert {task.version.problem.slug for task in interview.tasks if task.version} == {"gamma", "delta"}
        session.delete(interview)
        session.flush()


def test_another_format_waits_until_the_first_is_over(session: Session, student: User) -> None:
    begin(session, student)
    with pytest.raises(Busy, match="You are in Pair-20 until 12:20 UTC"):
        begin(session, student, "silent")


def test_an_open_demo_ends_when_an_interview_begins(session: Session, student: User) -> None:
    demo = begin(session, student, "demo")
    assert demo.tasks[0].version is not None
    assert demo.tasks[0].version.warm_up
    interview = begin(session, student)
    assert demo.closed_at is not None
    assert not interview.demo
    assert sitting.listed(session, student.id) == [interview]


def test_a_bank_that_is_too_small_says_so_and_is_not_offered(session: Session, clock: object) -> None:
    student = make_user(session)
    publish(session, "alpha")
    offered = {offer.format.id: offer.possible for offer in drawing.offers(session, student.id, ALL, ["function"])}
    assert offered == {"pair-20": False, "silent": True, "talk": True}
    with pytest.raises(Invalid, match="too few problems for Pair-20: no problem is left for task 2"):
        begin(session, student)


def test_a_format_whose_kinds_do_not_exist_is_not_offered(session: Session, student: User) -> None:
    assert [one.format.id for one in drawing.offers(session, student.id, ALL, ["sql"])] == ["talk"]


def test_more_time_is_for_those_who_need_it(session: Session, student: User) -> None:
    student.time_factor = 1.5
    assert begin(session, student).bell_at == NOON + timedelta(minutes=30)


def test_a_format_that_is_edited_meanwhile_changes_no_running_interview(session: Session, student: User) -> None:
    interview = begin(session, student)
    session.expire_all()
    assert sitting.own(session, student.id, interview.id).format == PAIR.as_json()


def test_a_problem_that_is_published_anew_meanwhile_stays_as_it_was_drawn(session: Session, student: User) -> None:
    interview = begin(session, student)
    version = interview.tasks[0].version
    assert version is not None
    publish(session, version.problem.slug, secret_word="amount")
    session.expire_all()
    task = sitting.own(session, student.id, interview.id).tasks[0]
    assert task.version is not None
    assert task.version.number == 1
    assert session.get_one(Problem, task.version.problem_id).current_id != task.version_id


def test_a_problem_that_is_taken_out_meanwhile_can_be_finished(session: Session, student: User) -> None:
    interview = begin(session, student)
    version = interview.tasks[0].version
    assert version is not None
    version.problem.current = None
    session.flush()
    session.expire_all()
    judge(session, submit(session, interview, 1, "x = 1"))
    type_in(session, interview, 2, "y = 2")
    sitting.hand_in(session, interview)
    made = report.make(session, interview)
    assert [task.best.source for task in made.tasks if task.best] == ["x = 1", "y = 2"]
    assert made.wave == report.Wave(sent=2, waiting=1, ahead=0)


def test_with_an_account_its_interviews_go(session: Session, student: User) -> None:
    interview = begin(session, student)
    submit(session, interview, 1, "x = 1")
    type_in(session, interview, 2, "y = 2")
    happen(session, interview, edit(0, "z" * replay.LONG_PASTE))
    sitting.hand_in(session, interview)
    reader = make_user(session, "reader@example.org")
    rubric.open_by_link(session, reader, rubric.invite(session, interview))
    for user in (student, reader):
        rubric.fill(session, interview, user.id, "code", 1)
    accounts.delete_user(session, reader)
    session.flush()
    assert [one.user.id for one in rubric.readings(session, interview)] == [student.id]
    accounts.delete_user(session, student)
    session.flush()
    kept = {
        table.name: session.scalar(sa.select(sa.func.count()).select_from(table))
        for table in Base.metadata.tables.values()
    }
    assert {
        name: rows
        for name, rows in kept.items()
        if rows and ("interview" in name or name in ("submissions", "rubric_entries"))
    } == {}


def test_questions_are_drawn_and_asked_again_only_when_none_is_fresh(session: Session, student: User) -> None:
    first = begin(session, student, "talk")
    asked = {task.question["id"] for task in first.tasks if task.question}
    sitting.hand_in(session, first)
    second = begin(session, student, "talk")
    assert next(task.question["id"] for task in second.tasks if task.question) not in asked


# whose it is


def test_somebody_elses_interview_does_not_exist(session: Session, student: User) -> None:
    interview = begin(session, student)
    other = make_user(session, "bo@example.org")
    with pytest.raises(NotFound):
        sitting.own(session, other.id, interview.id)


def test_practice_knows_nothing_of_a_drawn_problem_until_the_end(session: Session, student: User) -> None:
    interview = begin(session, student)
    drawn = {task.version.problem.slug for task in interview.tasks if task.version}
    slug = min(drawn)
    with pytest.raises(Held, match="in your interview"):
        state.check_not_held(session, student.id, slug)
    other = make_user(session, "bo@example.org")
    state.check_not_held(session, other.id, slug)
    for closed in state.held(session, student.id):
        with pytest.raises(Held, match="in your interview"):
            state.check_not_held(session, student.id, session.get_one(Problem, closed).slug)
    assert len(state.held(session, student.id)) > len(drawn)
    assert not {entry.slug for entry in catalogue.entries(session, student.id)} & drawn
    sitting.hand_in(session, interview)
    state.check_not_held(session, student.id, slug)
    assert {entry.slug for entry in catalogue.entries(session, student.id)} >= drawn


def practised(session: Session, student: User) -> dict[str, tuple[int, State]]:
    """Tries and state of what was tried, as the list of problems has it."""
    return {one.slug: (one.tries, one.state) for one in catalogue.entries(session, student.id) if one.tries}


def test_what_is_sent_in_an_interview_counts_in_practice_when_it_is_over(session: Session, student: User) -> None:
    interview = begin(session, student)
    solved, open_at_the_end = (task.version for task in interview.tasks)
    assert solved is not None
    assert open_at_the_end is not None
    judge(session, submit(session, interview, 1, "x = 1"))
    type_in(session, interview, 2, "y = 2")
    mine = Author(user_id=student.id)
    assert submissions.listed(session, mine) == []
    assert submissions.latest(session, mine, solved.problem_id) is None
    assert session.scalars(sa.select(Attempt)).all() == []
    assert practised(session, student) == {}
    [by_bell] = sitting.hand_in(session, interview)
    assert [one.source for one in submissions.listed(session, mine)] == ["y = 2", "x = 1"]
    assert practised(session, student) == {solved.problem.slug: (1, State.ACCEPTED)}
    assert attempts.solution_open(attempts.find(session, student.id, solved.problem_id))
    assert not attempts.solution_open(attempts.find(session, student.id, open_at_the_end.problem_id))
    judge(session, session.get_one(Submission, by_bell))
    assert practised(session, student)[open_at_the_end.problem.slug] == (1, State.ACCEPTED)
    assert attempts.solution_open(attempts.find(session, student.id, open_at_the_end.problem_id))
    in_interview = sending.author(interview, interview.tasks[0])
    assert [one.source for one in submissions.listed(session, in_interview)] == ["x = 1"]


def test_earlier_tries_at_a_drawn_problem_are_out_of_reach_until_the_end(
    session: Session, student: User, clock: time_machine.Traveller
) -> None:
    mine = Author(user_id=student.id)
    earlier = []
    for slug in SLUGS:
        earlier.append(submissions.submit(session, mine, slug, language="python", source=f"# {slug}"))
        judge(session, earlier[-1])
    first = begin(session, student, seed=1)
    sitting.hand_in(session, first)
    clock.shift(60)
    second = begin(session, student, seed=1)
    asked = {task.version.problem_id for task in second.tasks if task.version}
    assert asked < state.held(session, student.id)
    assert submissions.listed(session, mine) == []
    hidden = next(one for one in earlier if one.problem_id in asked)
    with pytest.raises(NotFound):
        submissions.own(session, mine, hidden.id)
    for read in (sitting.own, rubric.readable):
        with pytest.raises(Held, match="shares a task"):
            read(session, student.id, first.id)
    taken_out = taken(session, student)
    assert [one["id"] for one in taken_out["interviews"]] == [second.id]
    assert taken_out["submissions"] == []
    sitting.hand_in(session, second)
    assert submissions.own(session, mine, hidden.id).id == hidden.id
    assert sitting.own(session, student.id, first.id).id == first.id


def test_what_is_taken_out_holds_interviews_with_everything_in_them(session: Session, student: User) -> None:
    interview = begin(session, student)
    submit(session, interview, 1, "x = 1")
    type_in(session, interview, 2, "y = 2")
    [running] = taken(session, student)["interviews"]
    assert [task["problem"] for task in running["tasks"]] == [None, None]
    sitting.hand_in(session, interview)
    texts.save(session, interview, 1, "python", "too late", base_revision=0)
    taken_out = taken(session, student)["interviews"][0]
    assert taken_out["title"] == "Pair-20"
    assert {task["problem"] for task in taken_out["tasks"]} <= set(SLUGS)
    assert [[one["source"] for one in task["submissions"]] for task in taken_out["tasks"]] == [["x = 1"], ["y = 2"]]
    assert [(one["task"], one["text"], one["late_text"]) for one in taken_out["typed"]] == [
        (1, "", "too late"),
        (2, "y = 2", None),
    ]
    assert taken(session, student)["submissions"] == []


def test_a_demo_counts_nowhere(session: Session, student: User) -> None:
    for judged_before_the_end in (True, False):
        demo = begin(session, student, "demo")
        sent_in = submit(session, demo, 1, "x = 1")
        if judged_before_the_end:
            judge(session, sent_in)
        sitting.hand_in(session, demo)
        if not judged_before_the_end:
            judge(session, sent_in)
    assert practised(session, student) == {}
    assert submissions.listed(session, Author(user_id=student.id)) == []
    assert session.scalars(sa.select(Attempt)).all() == []


def test_what_is_sent_in_an_interview_never_shows_to_others(session: Session, student: User) -> None:
    interview = begin(session, student)
    sent_in = submit(session, interview, 1, "x = 1")
    sitting.hand_in(session, interview)
    other = make_user(session, "other@example.org")
    with pytest.raises(NotFound):
        submissions.own(session, Author(user_id=other.id), sent_in.id)


# typing


def test_what_was_acknowledged_is_there(session: Session, student: User) -> None:
    interview = begin(session, student)
    assert type_in(session, interview, 1, "a").revision == 1
    assert type_in(session, interview, 1, "ab", base=1).revision == 2
    texts.save(session, interview, 0, "scratchpad", "a note", base_revision=0)
    texts.save(session, interview, 2, "plan", "1. read", base_revision=0)
    found = {place: text.text for place, text in texts.all_of(session, interview).items()}
    assert found == {(1, "python"): "ab", (0, "scratchpad"): "a note", (2, "plan"): "1. read"}


def test_two_devices_never_overwrite_each_other_unasked(session: Session, student: User) -> None:
    interview = begin(session, student)
    type_in(session, interview, 1, "here")
    with pytest.raises(texts.NewerText) as caught:
        type_in(session, interview, 1, "there")
    assert caught.value.newer.text == "here"
    texts.save(session, interview, 1, "python", "there", base_revision=0, force=True)
    assert texts.all_of(session, interview)[1, "python"].text == "there"


@pytest.mark.parametrize(("number", "name"), [(0, "python"), (1, "cobol"), (1, "code"), (1, "words"), (3, "python")])
def test_nothing_is_typed_where_nothing_is_asked(session: Session, student: User, number: int, name: str) -> None:
    interview = begin(session, student)
    with pytest.raises(NotFound):
        texts.save(session, interview, number, name, "x", base_revision=0)


def test_what_arrives_after_the_bell_is_kept_beside_and_never_scored(
    session: Session, student: User, clock: time_machine.Traveller
) -> None:
    interview = begin(session, student)
    type_in(session, interview, 1, "in time")
    clock.move_to(NOON + timedelta(minutes=20))
    late = type_in(session, interview, 1, "too late", base=1)
    assert (late.text, late.late_text) == ("in time", "too late")
    only_late = type_in(session, interview, 2, "too late, too")
    assert (only_late.text, only_late.late_text) == ("", "too late, too")
    sitting.close(session, interview)
    assert sent(session, interview) == [(1, "in time", True)]
    with pytest.raises(Over):
        submit(session, interview, 1, "too late")


# the bell


def test_the_bell_submits_the_last_draft_once(session: Session, student: User, clock: time_machine.Traveller) -> None:
    interview = begin(session, student)
    judge(session, submit(session, interview, 1, "first"), "wrong answer", 0.5)
    type_in(session, interview, 1, "second")
    submit(session, interview, 2, "same")
    type_in(session, interview, 2, "same")
    clock.move_to(NOON + timedelta(minutes=19, seconds=59))
    assert sitting.due(session) == []
    assert sitting.close(session, interview) == []
    clock.move_to(NOON + timedelta(minutes=20))
    assert sitting.due(session) == [interview.id]
    sitting.close(session, interview)
    sitting.close(session, interview)
    assert sitting.due(session) == []
    assert sent(session, interview) == [(1, "first", False), (2, "same", False), (1, "second", True)]


def test_two_who_ring_the_bell_at_once_ring_it_once(
    session: Session, student: User, clock: time_machine.Traveller, database: sa.Engine
) -> None:
    interview = begin(session, student)
    type_in(session, interview, 1, "draft")
    session.commit()
    clock.move_to(NOON + timedelta(minutes=21))
    with Session(database, expire_on_commit=False) as other:
        also = sitting.own(other, student.id, interview.id)
        other.commit()
        assert also.closed_at is None
        sitting.close(session, interview)
        session.commit()
        assert sitting.close(other, also) == []
        other.commit()
    assert sent(session, interview) == [(1, "draft", True)]


def test_handing_in_submits_what_is_typed_and_ends_it(session: Session, student: User) -> None:
    interview = begin(session, student)
    type_in(session, interview, 1, "draft")
    assert len(sitting.hand_in(session, interview)) == 1
    assert sent(session, interview) == [(1, "draft", True)]
    with pytest.raises(Over):
        submit(session, interview, 1, "more")
    assert begin(session, student).id != interview.id


def test_leaving_submits_nothing(session: Session, student: User) -> None:
    interview = begin(session, student)
    type_in(session, interview, 1, "draft")
    assert sitting.abandon(session, interview) == []
    assert sent(session, interview) == []


def test_the_starter_that_nobody_touched_is_not_submitted(session: Session, student: User) -> None:
    interview = begin(session, student)
    version = interview.tasks[0].version
    assert version is not None
    type_in(session, interview, 1, catalogue.content(session, version).starters["python"])
    sitting.hand_in(session, interview)
    assert sent(session, interview) == []


def test_the_bell_rings_beside_a_submission_that_is_not_judged_yet(
    session: Session, student: User, clock: time_machine.Traveller
) -> None:
    interview = begin(session, student)
    submit(session, interview, 1, "under way")
    type_in(session, interview, 1, "newer")
    clock.move_to(NOON + timedelta(minutes=20))
    sitting.close(session, interview)
    assert sent(session, interview) == [(1, "under way", False), (1, "newer", True)]


def test_where_nothing_is_said_before_the_end_only_own_input_runs(session: Session, student: User) -> None:
    interview = begin(session, student, "silent")
    with pytest.raises(Invalid, match="only your own input"):
        sending.send(session, interview, 1, language="python", source="x", purpose=Purpose.RUN)
    run = sending.send(
        session, interview, 1, language="python", source="x", purpose=Purpose.RUN, own_inputs=[{"number": "3"}]
    )
    form = sending.format_for(session, run)
    assert form is not None
    assert form.reveal is Disclosure.NONE


class Sittings(RuleBasedStateMachine):
    """Whatever happens in whatever order, with a server that forgets everything but its database at any moment."""

    def __init__(self, database: sa.Engine) -> None:
        super().__init__()
        self.undone = Undone(database)
        self.session = self.undone.session()
        self.travel = time_machine.travel(NOON, tick=False)
        self.clock = self.travel.start()
        self.moment = NOON
        self.acknowledged: dict[int, str] = {}
        self.submitted: dict[int, list[str]] = {1: [], 2: []}
        self.over = False

    def teardown(self) -> None:
        self.travel.stop()
        self.session.close()
        self.undone.close()

    @initialize()
    def begin(self) -> None:
        for slug in SLUGS:
            publish(self.session, slug)
        student = make_user(self.session)
        interview = begin(self.session, student)
        self.student_id, self.interview_id, self.bell_at = student.id, interview.id, interview.bell_at
        self.session.commit()

    @rule(seconds=st.integers(1, 600))
    def time_passes(self, seconds: int) -> None:
        self.moment += timedelta(seconds=seconds)
        self.clock.move_to(self.moment)
        self.over = self.over or self.moment >= self.bell_at

    @rule(number=st.sampled_from([1, 2]), text=st.sampled_from(["a", "b", "c"]))
    def types(self, number: int, text: str) -> None:
        texts.save(self.session, self._fresh(), number, "python", text, base_revision=0, force=True)
        self.session.commit()
        if not self.over:
            self.acknowledged[number] = text

    @rule(number=st.sampled_from([1, 2]), text=st.sampled_from(["a", "b", "c"]))
    def submits(self, number: int, text: str) -> None:
        try:
            judge(self.session, submit(self.session, self._fresh(), number, text))
        except Over:
            assert self.over
            self.session.rollback()
        else:
            assert not self.over
            self.submitted[number].append(text)
            self.session.commit()

    @rule()
    def server_is_killed(self) -> None:
        """What was not committed is gone; a new process knows the database only."""
        texts.save(self.session, self._fresh(), 1, "python", "never acknowledged", base_revision=0, force=True)
        self.session.rollback()
        self.session.close()
        self.session = self.undone.session()

    @rule()
    def sweep(self) -> None:
        for one in sitting.due(self.session):
            sitting.close_due(self.session, one)
        self.session.commit()

    @precondition(lambda self: not self.over)
    @rule()
    def hands_in(self) -> None:
        sitting.hand_in(self.session, self._fresh())
        self.session.commit()
        self.over = True

    @invariant()
    def what_was_acknowledged_counts_once(self) -> None:
        if not hasattr(self, "interview_id"):
            return
        interview = self._fresh()
        found = sent(self.session, interview)
        for number in (1, 2):
            by_hand = [source for at, source, bell in found if at == number and not bell]
            by_bell = [source for at, source, bell in found if at == number and bell]
            assert by_hand == self.submitted[number]
            due = self.acknowledged.get(number)
            wanted = [] if due is None or (by_hand and by_hand[-1] == due) else [due]
            assert by_bell == (wanted if interview.closed_at else [])
        assert not (interview.closed_at and not self.over)

    def _fresh(self) -> Interview:
        self.session.expire_all()
        return sitting.own(self.session, self.student_id, self.interview_id)


def test_sittings_in_any_order(database: sa.Engine) -> None:
    run_state_machine_as_test(
        lambda: Sittings(database), settings=settings(max_examples=25, stateful_step_count=20, deadline=None)
    )


# the replay


def happen(session: Session, interview: Interview, *events: dict[str, object], key: str = "batch-0001") -> bool:
    return replay.record(session, interview, key, [{"ago": 0, "task": 1, **event} for event in events])


def edit(start: int, text: str, **more: object) -> dict[str, object]:
    return {"name": "python", "from": start, "to": start, "text": text, **more}


def test_what_happened_is_told_in_order(session: Session, student: User, clock: time_machine.Traveller) -> None:
    interview = begin(session, student)
    clock.move_to(NOON + timedelta(seconds=30))
    happen(session, interview, {"look": True, "ago": 20_000}, {"step": "plan", "ago": 10_000}, edit(0, "x", ago=5_000))
    clock.move_to(NOON + timedelta(minutes=3))
    submit(session, interview, 1, "x = 1")
    clock.move_to(NOON + timedelta(minutes=5))
    sitting.hand_in(session, interview)
    told = replay.timeline(session, interview)
    assert told.length == 300
    assert told.looks == (Look(10, 1),)
    assert told.edits[0] == Edit(25, 1, "python", 0, 0, "x")
    assert [(mark.at, mark.what) for mark in told.marks] == [(20, "step"), (180, "submission")]


def test_a_submission_stands_in_for_edits_that_never_came(
    session: Session, student: User, clock: time_machine.Traveller
) -> None:
    interview = begin(session, student)
    clock.move_to(NOON + timedelta(seconds=30))
    happen(session, interview, {"state": True, "text": "x = 1", "name": "python"})
    submit(session, interview, 1, "x = 1")
    session.execute(sa.update(Submission).values(verdict="wrong answer", status="judged"))
    clock.move_to(NOON + timedelta(seconds=90))
    submit(session, interview, 1, "x = 12")
    sitting.hand_in(session, interview)
    edits = replay.timeline(session, interview).edits
    assert [(edit.at, edit.is_state, edit.inserted) for edit in edits] == [(30, True, "x = 1"), (90, True, "x = 12")]


def test_what_failed_longest_is_told_where_the_student_knew_of_it(
    session: Session, student: User, clock: time_machine.Traveller
) -> None:
    interview = begin(session, student)
    happen(session, interview, {"look": True, "task": 1, "ago": 0})
    for minute, failed in ((2, "Twice"), (5, "Twice"), (11, "")):
        clock.move_to(NOON + timedelta(minutes=minute))
        for purpose in Purpose:
            case = {"name": failed or "Twice", "judged": True, "verdict": "wrong answer" if failed else "accepted"}
            one = sending.send(session, interview, 1, language="python", source=f"# {minute}", purpose=purpose)
            judging.record(session, claimed(session, one), verdict=case["verdict"], score=0, record={"cases": [case]})
    sitting.hand_in(session, interview)
    snag = replay.timeline(session, interview).snag
    assert snag is not None
    assert (snag.start, snag.end, snag.seconds, snag.tries) == (120, 660, 540, 2)
    runs = {one.id for one in session.scalars(sa.select(Submission)) if one.purpose is Purpose.RUN}
    assert {snag.last, snag.fix} <= runs, "submissions are not told in this format before the end"


def test_forged_times_move_an_event_by_seconds_only(
    session: Session, student: User, clock: time_machine.Traveller
) -> None:
    interview = begin(session, student)
    clock.move_to(NOON + timedelta(minutes=10))
    happen(session, interview, edit(0, "a", ago=86_400_000), edit(1, "b", ago=0), edit(2, "c", ago=80_000_000))
    clock.move_to(NOON + timedelta(minutes=10, seconds=5))
    happen(session, interview, edit(3, "d", ago=3_600_000), key="batch-0002")
    assert [edit.at for edit in replay.timeline(session, interview).edits] == [540, 600, 600, 600]


def test_a_batch_that_comes_twice_is_stored_once(session: Session, student: User) -> None:
    interview = begin(session, student)
    assert happen(session, interview, edit(0, "x"))
    assert happen(session, interview, edit(0, "x"))
    assert len(replay.timeline(session, interview).edits) == 1


def test_what_comes_shortly_after_the_end_is_not_put_behind_it_and_nothing_comes_later(
    session: Session, student: User, clock: time_machine.Traveller
) -> None:
    interview = begin(session, student)
    clock.move_to(NOON + timedelta(minutes=5))
    sitting.hand_in(session, interview)
    clock.move_to(NOON + timedelta(minutes=5, seconds=10))
    assert happen(session, interview, edit(0, "x"))
    assert [edit.at for edit in replay.timeline(session, interview).edits] == [300]
    clock.move_to(NOON + timedelta(minutes=7))
    assert not happen(session, interview, edit(0, "x"), key="batch-0002")


@pytest.mark.parametrize("event", [{"task": 3, "look": True}, {"task": 1}, edit(0, "a\x00b")])
def test_events_that_make_no_sense_are_refused(session: Session, student: User, event: dict[str, object]) -> None:
    interview = begin(session, student)
    with pytest.raises(Invalid):
        happen(session, interview, {"name": "", **event})


def test_a_flood_is_refused(session: Session, student: User) -> None:
    interview = begin(session, student)
    with pytest.raises(Invalid, match="at most 2,000"):
        happen(session, interview, *[edit(0, "x")] * 2001)


def test_ninety_minutes_of_typing_take_less_than_a_megabyte_and_a_paste_is_stored_once(
    session: Session, student: User, clock: time_machine.Traveller
) -> None:
    student.time_factor = 2
    interview = begin(session, student)
    paste = "".join(f"line {n}: {n * n % 7919}\n" for n in range(3_000))
    place = 0
    for batch in range(180):
        clock.move_to(NOON + timedelta(seconds=10 * batch))
        words = [f"word{(batch * 31 + n) % 997} " for n in range(30)]
        events = []
        for n, word in enumerate(words):
            events.append(edit(place, word, ago=10_000 - 300 * n))
            place += len(word)
        happen(session, interview, *events, key=f"batch-{batch:04}")
    before = stored(session)
    assert before < 1024 * 1024 / 3  # a third of the time, more than one types in it
    happen(session, interview, edit(0, paste), key="paste-0001")
    once = stored(session)
    happen(session, interview, edit(0, paste), key="paste-0002")
    assert stored(session) - once < 200
    assert replay.recorded(session, interview) > 2 * len(paste)
    assert replay.timeline(session, interview).edits[-1].inserted == paste


def test_what_is_counted_is_what_it_comes_to_unpacked(
    session: Session, student: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text of one letter packs to nothing, and one that is pasted again is stored once: both count in full."""
    interview = begin(session, student)
    monkeypatch.setattr(replay, "MOST_RECORDED", 1024 * 1024)
    for number in range(6):
        assert happen(session, interview, edit(0, "x" * 199_999), key=f"paste-{number:04}")
    assert stored(session) < 5_000
    assert not happen(session, interview, edit(0, "x"), key="batch-9999")


def test_a_page_of_the_room_reads_no_event_again(
    session: Session, student: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three full batches of looks and steps; what a page asks for is summed up already."""
    interview = begin(session, student)
    for batch in range(3):
        events = [
            {"task": 1 + n % 2, "look": True} if n % 3 else {"task": 1 + n % 2, "step": "plan" if n % 2 else "code"}
            for n in range(replay.MOST_EVENTS)
        ]
        happen(
            session, interview, *[{**event, "ago": 9000 - n} for n, event in enumerate(events)], key=f"batch-{batch:04}"
        )
    whole = replay.timeline(session, interview)
    counted = []
    monkeypatch.setattr(replay, "_rows", lambda *_: counted.append(1) or [])
    seconds, begun = replay.steps_by_now(session, interview)
    assert counted == []
    assert set(begun) == {1, 2}
    assert seconds.keys() <= whole.steps.keys()


def test_an_interview_without_a_sum_is_read_once(session: Session, student: User) -> None:
    interview = begin(session, student)
    happen(session, interview, {"look": True}, {"step": "plan"}, key="batch-0001")
    session.execute(sa.update(Interview).values(pace=None))
    assert replay.steps_by_now(session, interview)[1] == {1: "plan"}


def test_a_batch_that_comes_twice_is_summed_up_once(
    session: Session, student: User, clock: time_machine.Traveller
) -> None:
    interview = begin(session, student)
    happen(session, interview, {"look": True}, {"step": "plan"}, key="batch-0001")
    clock.shift(20)
    for _ in range(2):
        happen(session, interview, {"step": "code"}, key="batch-0002")
    clock.shift(10)
    assert replay.steps_by_now(session, interview)[0] == {(1, "plan"): 20.0, (1, "code"): 10.0}


def test_made_up_steps_make_no_sum_grow(session: Session, student: User) -> None:
    interview = begin(session, student)
    happen(session, interview, {"look": True}, *[{"step": f"step {n}"} for n in range(1000)])
    assert replay.steps_by_now(session, interview) == ({}, {})


def test_a_long_replay_comes_in_pages(session: Session, student: User, monkeypatch: pytest.MonkeyPatch) -> None:
    interview = begin(session, student)
    happen(session, interview, *[{"look": True} for _ in range(25)], *[edit(n, "x" * 10) for n in range(40)])
    whole = replay.timeline(session, interview)
    monkeypatch.setattr(replay, "PAGE_BYTES", 95)
    monkeypatch.setattr(replay, "PAGE_EVENTS", 20)
    start: int | None = 0
    edits: list[Edit] = []
    looks: list[Look] = []
    while start is not None:
        part = replay.page(whole, start)
        assert sum(len(edit.inserted) for edit in part.edits) <= 95
        edits += part.edits
        looks += part.looks
        start = part.next
    assert (tuple(edits), tuple(looks)) == (whole.edits, whole.looks)


def test_an_edit_that_is_larger_than_a_page_comes_alone(
    session: Session, student: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    interview = begin(session, student)
    happen(session, interview, edit(0, "x" * 300), edit(0, "y" * 300))
    whole = replay.timeline(session, interview)
    monkeypatch.setattr(replay, "PAGE_BYTES", 95)
    assert [len(replay.page(whole, start).edits) for start in (0, 1, 2)] == [1, 1, 0]
    assert replay.page(whole, 1).next is None


def stored(session: Session) -> int:
    """Bytes of all batches and pastes as they lie in the database."""
    events = session.scalar(sa.select(sa.func.coalesce(sa.func.sum(sa.func.length(InterviewEvents.data)), 0)))
    pastes = session.scalar(sa.select(sa.func.coalesce(sa.func.sum(sa.func.length(InterviewPaste.text)), 0)))
    return (events or 0) + (pastes or 0)


def test_what_is_too_much_is_recorded_no_more(session: Session, student: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "MOST_RECORDED", 100)
    interview = begin(session, student)
    assert happen(session, interview, *[edit(n, chr(97 + n % 26)) for n in range(200)])
    assert not happen(session, interview, edit(0, "x"), key="batch-0002")


@pytest.mark.parametrize("before_s", [0.000001, 0])
def test_what_is_acknowledged_as_in_time_is_submitted_however_close_the_bell(
    session: Session, student: User, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch, before_s: float
) -> None:
    """The moment that decides is the moment that is written down, whatever passes in between."""
    interview = begin(session, student)
    clock.move_to(NOON + timedelta(minutes=19, seconds=59))
    monkeypatch.setattr(texts, "now", lambda: interview.bell_at - timedelta(seconds=before_s))
    saved = type_in(session, interview, 1, "at the last moment")
    clock.move_to(NOON + timedelta(minutes=20))
    sitting.close(session, interview)
    in_time = [(1, "at the last moment", True)] if saved.late_at is None else []
    assert (sent(session, interview), saved.late_at is None) == (in_time, before_s > 0)


def test_a_submission_that_meets_the_bell_is_refused_and_not_half_counted(
    session: Session, student: User, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    interview = begin(session, student)
    clock.move_to(NOON + timedelta(minutes=19, seconds=59))
    monkeypatch.setattr(submissions, "now", lambda: interview.bell_at)
    with pytest.raises(Over):
        submit(session, interview, 1, "too late")
