"""Sending code in, and looking at what became of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, defer, joinedload, undefer

from sandbox.model import Verdict
from trainer import kinds
from trainer.bank.problem import Reveal
from trainer.bank.sources import without_mark
from trainer.clock import now
from trainer.errors import Busy, InputError, Invalid, NotFound, SignInNeeded, TooLarge, Unreadable
from trainer.kinds.feedback import Feedback
from trainer.kinds.words import headline
from trainer.models import KnownMistakes, Problem, ProblemVersion, Purpose, Submission, SubmissionStatus
from trainer.services import attempts, catalogue, contents, judging, upsert, work
from trainer.services.author import SORTS, Author, bound
from trainer.services.interviews import state
from trainer.services.limits import source_limit

OWN_INPUTS_LIMIT = 10
OWN_INPUT_LIMIT = 64 * 1024  # bytes of one parameter

_ONE = Submission.id == sa.bindparam("submission")
_OWN = {
    sort: sa.select(Submission)
    .where(_ONE, bound(sort))
    .options(undefer(Submission.record), joinedload(Submission.version).joinedload(ProblemVersion.problem))
    for sort in SORTS
}
"""Queries that are asked again and again are made once: putting one together costs more than running it."""
_POSITION = work.position(list(judging.WORK.values()), Submission.id)
_AHEAD = sa.select(work.position(list(judging.WORK.values()), sa.bindparam("submission")))
_PROGRESS = {
    sort: sa.select(
        Submission.status,
        sa.case((Submission.status == SubmissionStatus.QUEUED, _POSITION), else_=0),
        Submission.cases_done,
        Submission.cases_total,
        ProblemVersion.kind,
        Submission.language,
    )
    .join(ProblemVersion, ProblemVersion.id == Submission.version_id)
    .where(_ONE, bound(sort))
    for sort in SORTS
}
_STATES = sa.select(
    Submission.id,
    Submission.status,
    Submission.cases_done,
    Submission.cases_total,
    ProblemVersion.kind,
    Submission.language,
).join(ProblemVersion, ProblemVersion.id == Submission.version_id)
_PATTERNS = sa.select(KnownMistakes.patterns).where(KnownMistakes.version_id == sa.bindparam("version"))


def submit(
    session: Session,
    author: Author,
    slug: str,
    *,
    language: str,
    source: str,
    purpose: Purpose = Purpose.SUBMIT,
    own_inputs: list[dict[str, str]] | None = None,
) -> Submission:
    """Put a submission, or a run, into the queue.

    `own_inputs` are the student's own cases, each a text for every parameter. Raises NotFound, SignInNeeded, Invalid,
    TooLarge, and Busy while an earlier one of the same purpose and language is not judged.
    """
    problem, version = catalogue.published(session, slug)
    if author.is_guest and not (version.warm_up and purpose is Purpose.SUBMIT):
        raise SignInNeeded("Guests can try the warm-up on the front page. Sign in for the other problems.")
    submission = put(
        session, author, version, language=language, source=source, purpose=purpose, own_inputs=own_inputs or []
    )
    if author.user_id is not None:
        attempts.touch(session, author.user_id, problem.id)
    return submission


def put(
    session: Session,
    author: Author,
    version: ProblemVersion,
    *,
    language: str,
    source: str,
    purpose: Purpose,
    own_inputs: list[dict[str, str]],
) -> Submission:
    """Put a submission, or a run, of a version into the queue. Raises Invalid, TooLarge, Busy."""
    content = catalogue.content(session, version)
    kind = kinds.get(content.kind)
    source = without_mark(source)
    _check_source(content.languages, language, source)
    own = _check_own_inputs(kind.parse_own_input, content, own_inputs)
    if purpose is Purpose.SUBMIT and (why := kind.lacks_answer(content, source)):
        raise Invalid(why, field="source")
    if purpose is Purpose.RUN:
        kind.sample_job(content, content.samples, source, language, own)
    new = {
        "user_id": author.user_id,
        "guest_key": author.guest_key,
        "task_id": author.task_id,
        "problem_id": version.problem_id,
        "version_id": version.id,
        "purpose": purpose,
        "language": language,
        "source": source,
        "own_inputs": own,
        "created_at": now(),
    }
    submission = _insert(session, new)
    judging.queue(session, submission, version)
    return submission


def own(session: Session, author: Author, submission_id: int, *, purpose: Purpose | None = None) -> Submission:
    """One of the author's submissions, with record, version and problem. Raises NotFound, for other people's too."""
    found = session.scalar(_OWN[author.sort], {"submission": submission_id, **author.values})
    if found is None or purpose not in (None, found.purpose):
        raise NotFound("There is no such submission.")
    return found


def listed(
    session: Session,
    author: Author,
    slug: str | None = None,
    *,
    limit: int = 100,
    before: int | None = None,
    language: str | None = None,
) -> list[Submission]:
    """The author's submissions, newest first, without what was sent: it may be large.

    Runs, and what a running interview could ask, are left out. `before`: only those that are older than this one.
    """
    query = sa.select(Submission).where(author.owns(), Submission.purpose == Purpose.SUBMIT)
    query = query.options(defer(Submission.source), defer(Submission.own_inputs))
    if author.user_id is not None and author.task_id is None:
        query = query.where(Submission.problem_id.not_in(state.held(session, author.user_id)))
    if slug is not None:
        query = query.join(Problem, Problem.id == Submission.problem_id).where(Problem.slug == slug)
    if before is not None:
        query = query.where(Submission.id < before)
    if language is not None:
        query = query.where(Submission.language == language)
    return list(session.scalars(query.order_by(Submission.id.desc()).limit(limit)))


def latest(session: Session, author: Author, problem_id: int) -> Submission | None:
    """The author's last run or submission of a problem, its record loaded."""
    query = sa.select(Submission).where(author.owns(), Submission.problem_id == problem_id)
    return session.scalar(query.order_by(Submission.id.desc()).limit(1).options(undefer(Submission.record)))


def feedback(
    session: Session, submission: Submission, *, reveal: Reveal | None = None, with_mistakes: bool = True
) -> Feedback | None:
    """What its author may read of a judgement; None while there is none.

    `reveal` stands in for the problem's own policy. Without mistakes nothing is said of what others did wrong. Where
    the version or the record cannot be read there is the verdict, and the reason as its summary.
    """
    if submission.record is None:
        return None
    failed = submission.verdict != Verdict.ACCEPTED
    patterns = session.scalar(_PATTERNS, {"version": submission.version_id}) if with_mistakes and failed else None
    try:
        content = catalogue.content(session, submission.version)
        return kinds.get(content.kind).feedback(submission.record, reveal or content.reveal, patterns)
    except Unreadable as error:
        verdict = Verdict(submission.verdict or Verdict.JUDGE_ERROR)
        return Feedback.unreadable(verdict, headline(verdict), str(error), submission.score or 0.0)


def to_read(session: Session, submission: Submission) -> str:
    """What was sent, as its author reads it; as it was sent where the version cannot be read."""
    return contents.to_read(session, submission.version, submission.source)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a submission is. `position` counts what is judged before it up to `work.MOST_AHEAD`: 0 when it is next or
    under way. `kind` is the problem's."""

    status: SubmissionStatus
    position: int
    done: int
    total: int
    kind: str
    language: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "position", min(self.position, work.MOST_AHEAD))


def progress_of(session: Session, submission: Submission) -> Progress:
    """How far a submission was when its row was read."""
    is_queued = submission.status is SubmissionStatus.QUEUED
    position = session.scalar(_AHEAD, {"submission": submission.id}) if is_queued else 0
    done, total = submission.cases_done, submission.cases_total
    return Progress(submission.status, position or 0, done, total, submission.version.kind, submission.language)


def progress(session: Session, author: Author, submission_id: int) -> Progress:
    """Raises NotFound, for other people's too."""
    row = session.execute(_PROGRESS[author.sort], {"submission": submission_id, **author.values}).first()
    if row is None:
        raise NotFound("There is no such submission.")
    return Progress(*row)


def progress_of_all(session: Session, submission_ids: Collection[int]) -> dict[int, Progress]:
    """How far each of many is, whoever sent them. Rows that are not there are left out."""
    rows = session.execute(_STATES.where(Submission.id.in_(submission_ids))).all()
    waits = any(row.status is SubmissionStatus.QUEUED for row in rows)
    places = work.first_places(session, tuple(judging.WORK.values())) if waits else {}

    def position(row: Any) -> int:
        return places.get(row.id, work.MOST_AHEAD) if row.status is SubmissionStatus.QUEUED else 0

    return {
        row.id: Progress(row.status, position(row), row.cases_done, row.cases_total, row.kind, row.language)
        for row in rows
    }


def cannot_be_answered(language: str, languages: tuple[str, ...]) -> Invalid:
    """The error that names the languages in which a problem can be answered."""
    known = ", ".join(languages)
    return Invalid(f"This problem cannot be answered in {language[:40]!r}. It can in: {known}.", field="language")


def _check_source(languages: tuple[str, ...], language: str, source: str) -> None:
    if language not in languages:
        raise cannot_be_answered(language, languages)
    attempts.check_text(source, field="source")
    size, most = len(source.encode()), source_limit(language)
    if size > most:
        raise TooLarge(f"You sent {size // 1024:,} KB. At most {most // 1024} KB can be judged.", field="source")


def _check_own_inputs(parse: Any, content: Any, own_inputs: list[dict[str, str]]) -> list[Any]:
    if len(own_inputs) > OWN_INPUTS_LIMIT:
        raise Invalid(f"A run takes at most {OWN_INPUTS_LIMIT} own inputs.", field="own_inputs")
    for number, texts in enumerate(own_inputs):
        for name, text in texts.items():
            if len(text) > OWN_INPUT_LIMIT:
                raise TooLarge(f"{name[:40]} has more than 64 KB. Try a smaller input.", field=name[:40])
        _check_own_input(parse, content, texts, number if len(own_inputs) > 1 else None)
    return list(own_inputs)


def _check_own_input(parse: Any, content: Any, texts: dict[str, str], number: int | None) -> None:
    """`number` is the place of one among several, None where it is alone. Of several the field says which it is."""
    try:
        parse(content, texts)
    except InputError as error:
        if number is None:
            raise
        raise InputError(str(error), f"own_inputs[{number}].{error.field or ''}") from error


def _insert(session: Session, new: dict[str, Any]) -> Submission:
    """The database itself allows one unjudged row an author, purpose and language: two tabs at once cannot get past it.

    What is sent in another language is judged in other boxes, and does not wait for these.
    """
    submission = upsert.insert(session, Submission, new)
    if submission is None:
        what = "run" if new["purpose"] is Purpose.RUN else "submission"
        raise Busy(f"Your last {what} is still being judged. Wait for it, then send this one.")
    return submission
