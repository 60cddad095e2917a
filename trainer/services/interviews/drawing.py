"""What an interview is drawn from: formats on offer, problems and questions that this student has not seen."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer.bank.interviews import Disclosure, Format, Interviews, TaskRule
from trainer.errors import Invalid
from trainer.learning.draw import Candidate, NotEnough, Slot, draw, draw_questions
from trainer.models import Attempt, Interview, InterviewTask, Problem, ProblemVersion, Submission
from trainer.services import contents, listing

DEMO = Format(
    id="demo",
    title="Demo",
    about="Five minutes in the interview room, with a task that you may know. It counts nowhere. You can repeat it.",
    order=0,
    minutes=5,
    reveal=Disclosure.SAMPLES,
    tasks=(TaskRule(minutes=5, kinds=("function",), points=100),),
    advice=("Type something, close the tab, and come back.", "Hand in, or wait until the time is over."),
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A format, and whether it can be drawn now. `fresh`: no task of it has been seen by this student."""

    format: Format
    possible: bool
    fresh: bool


def offers(session: Session, user_id: int, interviews: Interviews, kinds: Collection[str]) -> list[Offer]:
    """The formats that exist, in their order."""
    candidates = _candidates(session, _seen(session, user_id))
    return [_offer(one, candidates) for one in interviews.offered(kinds)]


def tasks(session: Session, user_id: int, wanted: Format, interviews: Interviews, seed: int) -> list[InterviewTask]:
    """The tasks of an interview, in the format's order, the same for the same seed. Raises Invalid."""
    if wanted is DEMO:
        slugs = (line.slug for line in listing.published(session) if line.warm_up)
        warm_ups = (_version(session, slug) for slug in slugs)
        warm_up = next((one for one in warm_ups if contents.is_readable(session, one)), None)
        if warm_up is None:
            raise Invalid("The bank has no warm-up problem for the demo.")
        return [InterviewTask(number=1, version=warm_up)]
    groups = [rule.question for rule in wanted.tasks if rule.question]
    try:
        problems = _draw_readable(session, wanted, _candidates(session, _seen(session, user_id)), seed)
        asked = draw_questions(groups, _question_ids(interviews), _asked(session, user_id), seed)
    except NotEnough as error:
        raise Invalid(f"The bank has too few problems for {wanted.title}: {error}.") from error
    questions = {question.id: question for question in interviews.questions}
    made = []
    for number, rule in enumerate(wanted.tasks, 1):
        if rule.question:
            made.append(InterviewTask(number=number, question=questions[asked.pop(0)].as_json()))
        else:
            made.append(InterviewTask(number=number, version=problems.pop(0)))
    return made


def lack(session: Session, user_id: int, wanted: Format, interviews: Interviews) -> str:
    """Why the tasks of an interview cannot be drawn now, in a sentence. Empty where they can."""
    try:
        tasks(session, user_id, wanted, interviews, 0)
    except Invalid as error:
        return str(error)
    return ""


def drawable(session: Session, wanted: Format) -> frozenset[int]:
    """Ids of all problems that some task of a format may be, whoever it is drawn for."""
    slots = _slots(wanted)
    fitting = {one.slug for one in _candidates(session) if any(one.fits(slot) for slot in slots)}
    return frozenset(line.problem_id for line in listing.published(session) if line.slug in fitting)


def _draw_readable(session: Session, wanted: Format, candidates: list[Candidate], seed: int) -> list[ProblemVersion]:
    """Draw again without those that cannot be read, until all can. Raises NotEnough."""
    while True:
        drawn = {one.slug: _version(session, one.slug) for one in draw(_slots(wanted), candidates, seed)}
        lost = {slug for slug, version in drawn.items() if not contents.is_readable(session, version)}
        if not lost:
            return list(drawn.values())
        candidates = [one for one in candidates if one.slug not in lost]


def _offer(one: Format, candidates: list[Candidate]) -> Offer:
    try:
        drawn = draw(_slots(one), candidates, 0)
    except NotEnough:
        return Offer(one, possible=False, fresh=False)
    return Offer(one, possible=True, fresh=not any(candidate.seen for candidate in drawn))


def _slots(one: Format) -> list[Slot]:
    return [
        Slot(
            frozenset(rule.kinds),
            frozenset(level.value for level in rule.difficulties),
            frozenset(rule.topics),
            rule.most_minutes,
        )
        for rule in one.tasks
        if rule.kinds
    ]


def _question_ids(interviews: Interviews) -> dict[str, list[str]]:
    return {group: [question.id for question in found] for group, found in interviews.groups().items()}


def _asked(session: Session, user_id: int) -> set[str]:
    """Questions that this student has been asked in earlier interviews."""
    query = (
        sa.select(InterviewTask.question)
        .join(Interview, Interview.id == InterviewTask.interview_id)
        .where(Interview.user_id == user_id)
    )
    return {question["id"] for question in session.scalars(query) if question}


def _candidates(session: Session, seen: Collection[int] = ()) -> list[Candidate]:
    return [
        Candidate(
            slug=line.slug,
            kind=line.kind,
            difficulty=line.difficulty,
            topics=line.topics,
            seen=line.problem_id in seen,
            minutes=line.minutes,
        )
        for line in listing.published(session)
        if not line.warm_up
    ]


def _version(session: Session, slug: str) -> ProblemVersion:
    """The version of a problem that is published."""
    query = sa.select(ProblemVersion).join(Problem, Problem.current_id == ProblemVersion.id)
    return session.scalars(query.where(Problem.slug == slug)).one()


def _seen(session: Session, user_id: int) -> set[int]:
    """Problems that the student has worked at, in practice or in an earlier interview."""
    drawn = (
        sa.select(ProblemVersion.problem_id)
        .join(InterviewTask, InterviewTask.version_id == ProblemVersion.id)
        .join(Interview, Interview.id == InterviewTask.interview_id)
        .where(Interview.user_id == user_id)
    )
    tried = sa.select(Submission.problem_id).where(Submission.user_id == user_id)
    opened = sa.select(Attempt.problem_id).where(Attempt.user_id == user_id)
    return set(session.scalars(sa.union(drawn, tried, opened)))
