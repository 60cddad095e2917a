"""One piece of work from claim to record: load, do, store. What the worker does with a row it holds."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import structlog
from sqlalchemy.orm import Session

from sandbox import AnyJob, Case, Job, Judgement, Sandbox
from trainer import kinds
from trainer.bank.check import CheckReport, check
from trainer.bank.data import load_cases
from trainer.bank.interviews import Disclosure
from trainer.bank.problem import Problem as Content
from trainer.db import Sessions
from trainer.errors import TrainerError
from trainer.models import ProblemVersion, Purpose, TestData, WorkKind
from trainer.services import catalogue, judging, preparing, publishing, rejudging, uploads, work
from trainer.services.hidden_cases import HiddenCases
from trainer.services.interviews import scores, sending
from trainer.services.work import Claim
from trainer.work.leases import Leases, is_passing
from trainer.work.news import News, submission_topic, upload_topic

log = structlog.get_logger()

PROGRESS_S = 0.3
"""How far a judging has come is written to its row so often, while there is news."""
FAILED = "The judge itself failed."
SUBMISSIONS = frozenset(judging.WORK.values())


@dataclass(frozen=True, slots=True)
class Order:
    """What was sent in, taken out of its row."""

    content: Content
    version: ProblemVersion
    purpose: Purpose
    language: str
    source: str
    own_inputs: list[dict[str, str]]
    without_samples: bool
    single_box: bool


class Judge:
    """Does work that is claimed. Opens short transactions only: none is held while code runs."""

    def __init__(
        self, sessions: Sessions, sandbox: Sandbox, news: News, topics: Collection[str], leases: Leases, worker: str
    ) -> None:
        self._sessions = sessions
        self._sandbox = sandbox
        self._news = news
        self._topics = topics
        self._leases = leases
        self._worker = worker
        self._hidden = HiddenCases()
        self._progress: dict[Claim, tuple[float, int, int]] = {}
        self._line = threading.Lock()
        self._deeds: dict[WorkKind, Callable[[Claim], None]] = {
            WorkKind.RUN: self._judge,
            WorkKind.SUBMIT: self._judge,
            WorkKind.CHECK: self._check,
            WorkKind.DATA: self._prepare,
            WorkKind.REJUDGE: self._rejudge,
        }

    def do(self, held: Claim) -> bool:
        """Do what is claimed: judge a submission, check a package or make hidden data.

        Returns whether to go on: False where something is away, as the engine or the database. The work is put back
        then, and is found again.
        """
        try:
            with self._leases.holding(held):
                self._deeds[held.kind](held)
        except preparing.UnderWay:
            self._leases.give_back(held)  # nobody takes it before the data is there
        except Exception as error:
            if not is_passing(error):
                raise
            log.warning("work is put back and done later", work=str(held), why=str(error))
            self._leases.give_back(held)
            return False
        finally:
            self._news.publish(topic_of(held))
        return True

    def _judge(self, held: Claim) -> None:
        outcome = self._outcome(held, _read)
        try:
            with self._sessions.writing() as session:
                recorded = judging.record(session, held, **outcome)
        except Exception as error:
            if is_passing(error):
                raise
            log.exception("a judgement cannot be recorded", submission=held.subject_id)
            with self._sessions.writing() as session:
                judging.record_error(session, held, FAILED)
        else:
            if recorded is not None and recorded.task_id is not None:
                self._keep_points(held)

    def _keep_points(self, held: Claim) -> None:
        """The judgement stands already: where its points cannot be kept, they are worked out when they are read."""
        try:
            with self._sessions.writing() as session:
                scores.keep_for(session, held.subject_id)
        except Exception as error:
            log.warning("points are not kept", submission=held.subject_id, why=str(error))

    def _rejudge(self, held: Claim) -> None:
        """Judge a submission by another version of its problem. What comes out is kept beside it."""
        outcome = self._outcome(held, _read_again)
        with self._sessions.writing() as session:
            rejudging.record(session, held, **outcome)

    def _check(self, held: Claim) -> None:
        """Check a mentor's package, showing each rule's findings as they come."""
        report = self._report(held)
        with self._sessions.writing() as session:
            uploads.record(session, held, passed=report.passed, report=report.as_json())

    def _report(self, held: Claim) -> CheckReport:
        """The whole check. Our own errors are told as a finding: the mentor can send the package again."""
        try:
            with self._sessions.reading() as session:
                package = uploads.package(session, held.subject_id)
            return check(package, self._sandbox, topics=self._topics, on_progress=lambda r: self._show_report(held, r))
        except Exception as error:
            if is_passing(error):
                raise
            log.exception("a check failed", upload=held.subject_id)
            return uploads.failed_check(str(error) if isinstance(error, TrainerError) else "The check itself failed.")

    def _outcome(self, held: Claim, read: Callable[[Session, Claim], Order]) -> dict[str, Any]:
        """Everything that is recorded of a judging. Our own errors become a judge error, never the student's."""
        try:
            with self._sessions.reading() as session:
                order = read(session, held)
            job = self._job(order)
            if order.single_box and isinstance(job, Job):
                job = replace(job, single_box=True)
            judgement = job if isinstance(job, Judgement) else self._run(held, job)
            record = kinds.get(order.content.kind).record(order.content, judgement, order.language)
        except Exception as error:
            if is_passing(error) or isinstance(error, preparing.UnderWay):
                raise
            log.exception("judging failed", work=str(held))
            return judging.judge_error(str(error) if isinstance(error, TrainerError) else FAILED)
        return {"verdict": judgement.verdict, "score": judgement.score, "record": record}

    def _job(self, order: Order) -> AnyJob | Judgement:
        kind = kinds.get(order.content.kind)
        if order.purpose is Purpose.RUN:
            samples = () if order.without_samples else self._samples(order.content, order.version)
            return kind.sample_job(order.content, samples, order.source, order.language, order.own_inputs)
        return kind.job(order.content, self._hidden_cases(order.content, order.version), order.source, order.language)

    def _samples(self, content: Content, version: ProblemVersion) -> tuple[Case, ...]:
        """Samples with what is expected of them: as the author wrote it, or as the reference answers."""
        if all(case.judged for case in content.samples):
            return content.samples
        return tuple(case for case in self._hidden_cases(content, version) if case.sample)

    def _hidden_cases(self, content: Content, version: ProblemVersion) -> tuple[Case, ...]:
        found = self._hidden.get(version.data_digest)
        if found is None:
            found = self._load_hidden(content, version)
            self._hidden.put(version.data_digest, found)
        return found

    def _load_hidden(self, content: Content, version: ProblemVersion) -> tuple[Case, ...]:
        with self._sessions.reading() as session:
            data = publishing.hidden_cases(session, version)
        if data is None:
            data = self._make_now(content, version)
        return load_cases(data.cases)

    def _make_now(self, content: Content, version: ProblemVersion) -> TestData:
        """The hidden data that a submission needs. Its known mistakes, which take longer, are left for later.

        Raises UnderWay where somebody else makes it, DataError where it is given up.
        """
        with self._sessions.writing() as session:
            held = preparing.claim(session, version, self._worker, self._leases.length_s)
        with self._leases.holding(held):
            try:
                data = self._make(content, version)
            except Exception as error:
                if not is_passing(error):
                    self._count_failure(held, error)
                raise
            finally:
                self._leases.give_back(held)
        return data

    def _prepare(self, held: Claim) -> None:
        """Make a version's hidden cases and known mistakes ready, before anybody waits for them."""
        try:
            with self._sessions.reading() as session:
                version = session.get_one(ProblemVersion, held.subject_id)
                wanted = preparing.is_wanted(session, version)
                content = catalogue.content(session, version) if wanted else None
            if content is not None:
                self._prepare_version(content, version)
        except Exception as error:
            if is_passing(error):
                raise
            self._count_failure(held, error)
        else:
            with self._sessions.writing() as session:
                work.finish(session, held)

    def _prepare_version(self, content: Content, version: ProblemVersion) -> None:
        data = self._make(content, version)
        with self._sessions.reading() as session:
            if preparing.has_mistakes(session, version.id):
                return
        patterns = kinds.get(content.kind).mistake_patterns(content, load_cases(data.cases), self._sandbox.judge)
        with self._sessions.writing() as session:
            publishing.keep_mistakes(session, version.id, patterns)

    def _count_failure(self, held: Claim, error: Exception) -> None:
        log.error("hidden data cannot be made", version=held.subject_id, why=str(error))
        with self._sessions.writing() as session:
            work.fail(session, held, str(error))

    def _make(self, content: Content, version: ProblemVersion) -> TestData:
        """The hidden data, made and stored unless somebody has done so meanwhile."""
        with self._sessions.reading() as session:
            data = publishing.hidden_cases(session, version)
        if data is None:
            data = publishing.prepare(content, self._sandbox.run)
            with self._sessions.writing() as session:
                publishing.keep(session, data)
        return data

    def _run(self, held: Claim, job: AnyJob) -> Judgement:
        """Judge in the sandbox, and note how far that is: `show_progress` writes it, so that nothing waits for it."""

        if held.kind not in SUBMISSIONS:  # nobody waits for it
            return self._sandbox.judge(job)
        began = time.monotonic()

        def note(done: int, total: int) -> None:
            with self._line:
                self._progress[held] = began, done, total

        try:
            return self._sandbox.judge(job, note)
        finally:
            with self._line:
                self._progress.pop(held, None)

    def show_progress(self) -> None:
        """Write how far the judgings under way have come, where that is news. Never raises.

        To be called every `PROGRESS_S`. What is judged in less time is told when it is judged, and nothing before.
        """
        old = time.monotonic() - PROGRESS_S
        with self._line:
            progress = {held: (done, total) for held, (began, done, total) in self._progress.items() if began <= old}
            for held in progress:
                del self._progress[held]
        for held, (done, total) in progress.items():
            self._show(partial(judging.show_progress, held=held, done=done, total=total), held)

    def _show_report(self, held: Claim, report: CheckReport) -> None:
        self._show(partial(uploads.show_report, held=held, report=report.as_json()), held)

    def _show(self, write: Callable[[Session], None], held: Claim) -> None:
        """Write how far work has come. Never raises: what is shown on the way is worth no judging."""
        try:
            with self._sessions.writing() as session:
                write(session)
        except Exception as error:
            log.warning("progress cannot be shown", work=str(held), why=str(error))
        else:
            self._news.publish(topic_of(held))


def topic_of(held: Claim) -> str:
    """The topic of changes of what is worked on. Nobody subscribes to hidden data: who waits for it is in the queue."""
    if held.kind in SUBMISSIONS:
        return submission_topic(held.subject_id)
    return upload_topic(held.subject_id) if held.kind is WorkKind.CHECK else f"{held.kind} {held.subject_id}"


def _read_again(session: Session, held: Claim) -> Order:
    row, version = rejudging.sent(session, held)
    return Order(
        content=catalogue.content(session, version),
        version=version,
        purpose=row.purpose,
        language=row.language,
        source=row.source,
        own_inputs=[],
        without_samples=False,
        single_box=False,
    )


def _read(session: Session, held: Claim) -> Order:
    row = judging.sent(session, held)
    form = sending.format_for(session, row)
    return Order(
        content=catalogue.content(session, row.version),
        version=row.version,
        purpose=row.purpose,
        language=row.language,
        source=row.source,
        own_inputs=row.own_inputs,
        without_samples=form is not None and form.reveal is Disclosure.NONE,
        single_box=form is not None and form.single_boxes,
    )
