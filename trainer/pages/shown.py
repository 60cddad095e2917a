"""One submission as pages show it: the judgement where there is one, else how far it is, and what comes next."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy.orm import Session

from sandbox.languages import language
from sandbox.model import Compare
from trainer.kinds.base import EXPECTED, NAME
from trainer.kinds.feedback import CaseFeedback, Feedback
from trainer.kinds.record import read_record
from trainer.kinds.words import QUESTION, judged_on
from trainer.learning.progress import Next
from trainer.learning.timer import Timer
from trainer.models import Purpose, Submission
from trainer.pages.words import bound, count, minutes, ordinal, speech
from trainer.services import attempts, catalogue, progress, submissions, tries, waits, work
from trainer.services.author import Author
from trainer.services.tries import Try
from trainer.web.runtime import runtime

CALLS = "calls"
"""Name of the own-input field of a class problem, whose calls have no names of their own."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A run or submission. `feedback` is None until it is judged; `summary` is the sentence below the verdict, and
    `why_waiting` says where no judge can take it now.

    `next` is offered after acceptance. `own_case` is the failed case as an own one, where it is shown whole; `rerun`
    the same of a hidden one, which nothing else runs again.
    `tried` is which of its author's tries this is; None of a run, and of a guest's.
    """

    id: int
    kind: str
    is_run: bool
    language: str
    source: str
    feedback: Feedback | None
    progress: submissions.Progress
    why_waiting: str
    summary: str
    next: Next | None
    rerun: Mapping[str, str]
    own_case: Mapping[str, str] = field(default_factory=dict)
    tried: Try | None = None

    @property
    def judged(self) -> bool:
        return self.feedback is not None

    @property
    def compile_line(self) -> int | None:
        """The line of the student's code that the compiler names first, if it names one."""
        known = language(self.language)
        place = rf"|\b{re.escape(known.source_file)}:(\d+)" if known else ""
        found = re.search(rf"\bline (\d+){place}", self.feedback.compile_output) if self.feedback else None
        return int(next(filter(None, found.groups()))) if found else None


def show(session: Session, author: Author, submission: Submission, slug: str) -> Shown:
    """Put together what a page says of one of the author's submissions."""
    feedback = submissions.feedback(session, submission)
    own_case = _own_case(session, submission, feedback.failure) if feedback and feedback.failure else {}
    accepted = feedback is not None and feedback.css == "ac" and feedback.submitted
    return Shown(
        id=submission.id,
        kind=submission.version.kind,
        is_run=submission.purpose is Purpose.RUN,
        language=submission.language,
        source=submission.source,
        feedback=feedback,
        progress=submissions.progress_of(session, submission),
        why_waiting=waits.why(session, submission.status, submission.version.kind, submission.language),
        summary=_summary(session, author, submission, feedback, accepted) if feedback else "",
        next=_next(session, author, slug) if accepted else None,
        rerun=own_case if feedback and feedback.failure and feedback.failure.group == "hidden" else {},
        own_case=own_case,
        tried=which_try(session, author, submission, slug),
    )


def which_try(session: Session, author: Author, submission: Submission, slug: str) -> Try | None:
    """Which of an account's tries this is; a run is none."""
    if author.is_guest or submission.purpose is Purpose.RUN:
        return None
    return tries.find(session, author, slug, submission.id)[0]


def wait_words(progress: submissions.Progress, why: str) -> str:
    """Where a submission is that is not judged yet, in a sentence. `why` no judge can take it now is such a one."""
    if why:
        return why
    if progress.status == "judging":
        if not progress.total:
            return speech(progress.kind).starting
        return f"Case {min(progress.done + 1, progress.total)} of {progress.total}. You can go on typing."
    if progress.position == 0:
        return "Yours is next."
    if progress.position >= work.MOST_AHEAD:
        return f"At least {work.MOST_AHEAD} are before yours."
    return "One is before yours." if progress.position == 1 else f"{progress.position} are before yours."


def try_words(session: Session, author: Author, submission: Submission, noun: str) -> str:
    """The evidence beside an acceptance: third try, no hints, 19 min. A quiz has no hints to speak of."""
    if submission.user_id is None:
        return ""
    attempt = attempts.find(session, submission.user_id, submission.problem_id)
    hints = len(attempts.hints_taken(session, submission.user_id, submission.problem_id))
    parts = [f"{ordinal(tries.number_of(session, author, submission))} try"]
    if noun != QUESTION:
        parts.append(count(hints, "hint") if hints else "no hints")
    if attempt is not None:
        if attempt.active_s:  # an interview's minutes are told by its report
            parts.append(minutes(attempt.active_s))
        if attempt.given_up_at is not None:
            parts.append("after giving up")
        parts += timer_words(attempts.timer_of(attempt))
    return ", ".join(parts)


def timer_words(timer: Timer | None) -> list[str]:
    """What the timer says of an acceptance that ended it."""
    if timer is None or timer.used is None:
        return []
    late = timer.used - timedelta(minutes=timer.minutes)
    over = f"{minutes(late.total_seconds())} over" if late > timedelta() else "within"
    return [bound(f"{over} {timer.minutes} min")]


def _summary(session: Session, author: Author, submission: Submission, feedback: Feedback, accepted: bool) -> str:
    evidence = try_words(session, author, submission, feedback.noun) if accepted else ""
    if not evidence:
        return feedback.summary
    return f"{feedback.hidden.passed} of {feedback.hidden.total} {judged_on(feedback.noun)}, {evidence}."


def _next(session: Session, author: Author, slug: str) -> Next | None:
    if author.user_id is None:
        return None
    return progress.after(session, author.user_id, runtime().topics, slug)


def _own_case(session: Session, submission: Submission, failure: CaseFeedback) -> dict[str, str]:
    """The texts that make an own case of this one, if all of it is shown."""
    whole = failure.shown and failure.input and not any(argument.value.cut for argument in failure.input)
    if failure.group == "own" or not whole:
        return {}
    if any(not argument.name for argument in failure.input):
        texts = {CALLS: "\n".join(argument.value.text for argument in failure.input)}
    else:
        texts = {argument.name: argument.value.text for argument in failure.input}
    return texts | {NAME: failure.name} | _expected(session, submission, failure)


def _expected(session: Session, submission: Submission, failure: CaseFeedback) -> dict[str, str]:
    """What is expected, where one answer alone is right and all of it is shown. As it was kept: in what is shown
    blanks may have signs."""
    if failure.expected_cut or not failure.expected:
        return {}
    if catalogue.content(session, submission.version).compare is Compare.ANY_OF:
        return {}
    cases = read_record(submission.record or {}).get("cases", ())
    kept = next(
        (case["details"]["expected"] for case in cases if case["name"] == failure.name and "details" in case), None
    )
    return {EXPECTED: kept["text"]} if kept else {}
