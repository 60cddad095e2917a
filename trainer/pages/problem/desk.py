"""Everything that the problem page shows of one problem to one person, put together once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from markupsafe import Markup
from sqlalchemy.orm import Session

from trainer import kinds
from trainer.bank.interviews import Format
from trainer.bank.markdown import render
from trainer.bank.problem import Problem as Content
from trainer.clock import now
from trainer.errors import NotFound
from trainer.kinds.base import OwnField, SampleView
from trainer.kinds.sql.expected import ResultTable, result_table
from trainer.learning.timer import Timer
from trainer.models import Attempt, Draft, OwnCase, Problem, ProblemVersion, Submission, SubmissionStatus
from trainer.pages.problem.chosen import Remembered, choose
from trainer.pages.shown import Shown, show
from trainer.services import attempts, catalogue, drafts, own_cases, publishing, submissions, tries, waits
from trainer.services.author import Author
from trainer.services.fastest import Fastest, fastest
from trainer.services.sample_answers import sample_answers
from trainer.services.tries import Try
from trainer.services.waits import Notice
from trainer.web.runtime import runtime

NOTHING = Remembered()


@dataclass(frozen=True, slots=True)
class OpenHint:
    number: int
    title: str
    body: Markup


@dataclass(frozen=True, slots=True)
class Room:
    """An interview's room around a task: where things are sent, and what is said of them before the end.

    Addresses are neutral. `says` tells what Run and Submit do here, `sent` is what was submitted for the task; `tells`:
    its verdicts may be said.
    """

    interview_id: int
    number: int
    letter: str
    format: Format
    tasks: Sequence[TaskLink]
    boxes: Sequence[Box]
    steps: Sequence[StepLink]
    scratchpad: Box
    says: str
    sent: Sequence[Try]
    tells: bool
    here: str
    send: str
    submit: str = ""
    run: str = ""
    draft: str = ""
    console: str = ""


@dataclass(frozen=True, slots=True)
class StepLink:
    """A thinking step: how long it took by now, where it is done, and whether something stands there."""

    id: str
    title: str
    minutes: int
    seconds: int
    href: str
    begun: bool
    current: bool


@dataclass(frozen=True, slots=True)
class TaskLink:
    """A task in the room's list. `state`: "", "typed" or "submitted"."""

    number: int
    letter: str
    url: str
    minutes: int
    points: int
    state: str


@dataclass(frozen=True, slots=True)
class Box:
    """Something to type words in: a thinking step, the scratchpad, an answer to a question."""

    name: str
    title: str
    ask: str
    minutes: int
    text: str
    revision: int
    saved_at: datetime | None
    url: str


@dataclass(frozen=True, slots=True)
class Desk:
    """The problem page's data. `source` is what the editor opens with; `revision` the draft it came from, or 0.

    `expected` are the tables that a query should give of the samples, None while they are being made.
    `away` says of languages why what is written in them cannot be judged now, though something else can.
    `kept` is the student's draft where the editor opens with another text, `earlier` are the drafts before it. `who`
    identifies the person, for what is drawn differently for each person.
    """

    problem: Problem
    version: ProblemVersion
    content: Content
    label: str
    statement: Markup
    hidden: int | None
    samples: Sequence[SampleView]
    expected: Sequence[ResultTable] | None
    fields: Sequence[OwnField]
    language: str
    source: str
    who: str = ""
    revision: int = 0
    kept: str = ""
    saved_at: datetime | None = None
    hints: Sequence[OpenHint] = ()
    attempt: Attempt | None = None
    solution: Markup | None = None
    tries: Sequence[Try] = ()
    fastest: Fastest | None = None
    earlier: Sequence[Draft] = ()
    cases: Sequence[OwnCase] = ()
    note: str = ""
    starred: bool = False
    shown: Shown | None = None
    own: dict[str, str] | None = None
    room: Room | None = None
    error: str = ""
    error_field: str = ""
    away: Mapping[str, Notice] = field(default_factory=dict)

    @property
    def unjudged(self) -> str:
        """Why what is written in the chosen language cannot be judged now; empty where it can."""
        notice = self.away.get(self.language)
        return notice.sentence if notice else ""

    @property
    def timer(self) -> Timer | None:
        """The timer that runs, or has just run out."""
        found = attempts.timer_of(self.attempt)
        return found if found is not None and found.runs(now()) else None

    @property
    def next_hint(self) -> int | None:
        """Number of the hint that can be opened next, or None when all are open."""
        return len(self.hints) + 1 if len(self.hints) < len(self.content.hints) else None

    @property
    def prerequisites(self) -> tuple[str, ...]:
        """Topics that are better known before: the package's own list, else those of its main topic."""
        if self.content.prerequisites:
            return self.content.prerequisites
        return next((t.prerequisites for t in runtime().topics if t.id == self.content.topics[0]), ())

    @property
    def seed(self) -> str:
        """What is shuffled by it stays until this person's next try."""
        return f"{self.problem.slug} {self.who} {self.sent}"

    @property
    def sent(self) -> int:
        """How often this person has submitted; `tries` are the last ones of these."""
        return self.tries[0].total if self.tries else 0

    def holds(self, source: str) -> bool:
        """Does what stands in the editor say the same as this source?"""
        kind = kinds.get(self.content.kind)
        return kind.to_read(self.content, source) == kind.to_read(self.content, self.source)

    @property
    def starter(self) -> str:
        return self.content.starters[self.language]


def lay_out(session: Session, author: Author | None, slug: str, language: str = "", last: Remembered = NOTHING) -> Desk:
    """The page as this person finds it. `author` is None for a guest without a key. Raises NotFound.

    Without a language it is the one that was chosen `last`, or in which something was written for the problem last.
    """
    problem, version = catalogue.published(session, slug)
    content = catalogue.content(session, version)
    kind = kinds.get(content.kind)
    if language and language not in content.languages:
        raise NotFound(f"This problem cannot be answered in {language[:40]!r}.")
    if not language:
        language = choose(content.languages, last, _written_in(session, author, problem, content))
    away = waits.notices(session, version.kind, content.languages)
    desk = Desk(
        problem=problem,
        version=version,
        content=content,
        label=version.label,
        statement=render(content.statement),
        hidden=publishing.count_hidden(session, version),
        samples=kind.show_samples(content, language),
        expected=expected_of(session, version, content),
        fields=kind.own_fields(content, language),
        language=language,
        source=content.starters[language],
        who=str(author.user_id or author.guest_key) if author else "",
        away=away,
    )
    return desk if author is None or author.user_id is None else _of_student(session, author.user_id, desk)


def _written_in(session: Session, author: Author | None, problem: Problem, content: Content) -> str:
    """The language in which an account wrote something for the problem last, where there is a choice."""
    if author is None or author.user_id is None or len(content.languages) == 1:
        return ""
    return drafts.last_language(session, author.user_id, problem.id)


def expected_of(session: Session, version: ProblemVersion, content: Content) -> Sequence[ResultTable] | None:
    """The tables that a query should give of the samples; none of other kinds, whose samples say it themselves."""
    if content.schema is None:
        return ()
    answers = sample_answers(session, version)
    return None if answers is None else [result_table(answer) for answer in answers]


def with_submission(session: Session, author: Author, desk: Desk, submission_id: int) -> Desk:
    """The page showing one of the author's submissions of this problem. Raises NotFound."""
    submission = submissions.own(session, author, submission_id)
    if submission.problem_id != desk.problem.id:
        raise NotFound("There is no such submission.")
    if submission.language != desk.language and submission.language in desk.content.languages:
        desk = lay_out(session, author, desk.problem.slug, submission.language)
    showing = _showing(session, author, desk, submission)
    return _as_handed_in(showing, submission) if desk.content.questions else showing


def with_latest(session: Session, author: Author, desk: Desk) -> Desk:
    """The page going on with what is under way, if anything is; a quiz with the marks of its last submission, too."""
    latest = submissions.latest(session, author, desk.problem.id)
    if latest is None:
        return desk
    marks = desk.content.questions and latest.version_id == desk.version.id
    if latest.status is SubmissionStatus.JUDGED and not marks:
        return desk
    return _showing(session, author, desk, latest)


def _showing(session: Session, author: Author, desk: Desk, submission: Submission) -> Desk:
    shown = show(session, author, submission, desk.problem.slug)
    is_other = submission.language != desk.language
    kept = desk if desk.revision or is_other else replace(desk, source=submission.source)
    return replace(kept, shown=shown)


def _as_handed_in(desk: Desk, submission: Submission) -> Desk:
    """The page with a submission's answers, because its marks stand beside them. A draft that differs is kept."""
    kind = kinds.get(desk.content.kind)
    answers, draft = (kind.to_read(desk.content, source) for source in (submission.source, desk.source))
    return replace(desk, source=submission.source, kept=desk.source if desk.revision and answers != draft else "")


def _of_student(session: Session, user_id: int, desk: Desk) -> Desk:
    problem_id, content = desk.problem.id, desk.content
    draft = drafts.current(session, user_id, problem_id, desk.language)
    attempt = attempts.find(session, user_id, problem_id)
    listed = tries.listed(session, Author(user_id=user_id), desk.problem.slug)
    note = attempts.note(session, user_id, problem_id)
    return replace(
        desk,
        source=draft.source if draft else desk.source,
        revision=draft.revision if draft else 0,
        saved_at=draft.saved_at if draft else None,
        hints=open_hints(session, user_id, problem_id, content),
        attempt=attempt,
        solution=render(content.solution, "Code of the solution") if attempts.solution_open(attempt) else None,
        tries=listed,
        fastest=fastest(session, listed, desk.version.id),
        earlier=drafts.earlier(session, user_id, problem_id, desk.language) if draft else (),
        cases=own_cases.listed(session, user_id, problem_id) if content.kind == "function" else (),
        note=note.text if note else "",
        starred=attempts.is_starred(session, user_id, problem_id),
    )


def open_hints(session: Session, user_id: int, problem_id: int, content: Content) -> list[OpenHint]:
    """The hints that the student has opened, in order."""
    taken = attempts.hints_taken(session, user_id, problem_id)
    return [
        OpenHint(number, hint.title, render(hint.body, f"Code of hint {number}"))
        for number, hint in enumerate(content.hints, 1)
        if number in taken
    ]
