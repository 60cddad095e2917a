"""One judging from claim to record: load, judge, store. What the worker does with a row it holds."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import structlog
from flask import Flask
from sqlalchemy.orm import Session

from sandbox import AnyJob, Case, Job, Judgement, Sandbox, Verdict
from trainer import kinds
from trainer.bank.check import CheckReport, check
from trainer.bank.data import load_cases
from trainer.bank.interviews import Disclosure
from trainer.bank.problem import Problem as Content
from trainer.bank.report import Finding
from trainer.db import db
from trainer.errors import TrainerError
from trainer.models import ProblemVersion, Purpose, TestData
from trainer.services import catalogue, judging, preparing, publishing, uploads
from trainer.services.hidden_cases import HiddenCases
from trainer.services.interviews import scores, sending
from trainer.work.leases import Leases, is_passing
from trainer.work.news import News, submission_topic, upload_topic

log = structlog.get_logger()

PROGRESS_S = 0.3
"""How far a judging has come is written to its row so often, while there is news."""
FAILED = "The judge itself failed."


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
    """Judges rows that are claimed. Opens short transactions only: none is held while code runs.

    `judge`, `check` and `prepare` say whether to go on: False where something is away, as the engine or the database.
    The work is put back then, and is found again.
    """

    def __init__(self, app: Flask, sandbox: Sandbox, news: News, topics: Collection[str], leases: Leases) -> None:
        self._app = app
        self._sandbox = sandbox
        self._news = news
        self._topics = topics
        self._leases = leases
        self._hidden = HiddenCases()
        self._progress: dict[judging.Claim, tuple[int, int]] = {}
        self._line = threading.Lock()

    def judge(self, held: judging.Claim) -> bool:
        """Judge a submission."""
        return self._do(held, lambda: self._judge(held), submission_topic(held.submission_id))

    def check(self, held: uploads.CheckClaim) -> bool:
        """Check a mentor's package, showing each rule's findings as they come."""
        return self._do(held, lambda: self._check(held), upload_topic(held.upload_id))

    def prepare(self, version_id: int) -> bool:
        """Make a version's hidden cases and known mistakes ready, before anybody waits for them."""
        with self._app.app_context():
            try:
                with db.reading() as session:
                    version = session.get_one(ProblemVersion, version_id)
                with self._making(version.data_digest) as held:
                    self._prepare(held, version)
            except preparing.UnderWay:
                return False
            except Exception as error:
                if is_passing(error):
                    log.warning("hidden data is made later", version=version_id, why=str(error))
                    return False
                log.error("hidden data cannot be made", version=version_id, why=str(error))
        return True

    def _do(self, held: judging.Claim | uploads.CheckClaim, deed: Callable[[], None], topic: str) -> bool:
        try:
            with self._app.app_context():
                deed()
        except preparing.UnderWay:
            self._leases.give_back(held)  # nobody takes it before the data is there
        except Exception as error:
            if not is_passing(error):
                raise
            log.warning("work is put back and done later", work=str(held), why=str(error))
            self._leases.give_back(held)
            return False
        finally:
            self._news.publish(topic)
        return True

    def _judge(self, held: judging.Claim) -> None:
        outcome = self._outcome(held)
        try:
            with db.writing() as session:
                judging.record(session, held, **outcome)
        except Exception as error:
            if is_passing(error):
                raise
            log.exception("a judgement cannot be recorded", submission=held.submission_id)
            with db.writing() as session:
                judging.give_up(session, held, _judge_error(FAILED)["record"])
        else:
            if held.task_id is not None:
                self._keep_points(held)

    def _keep_points(self, held: judging.Claim) -> None:
        """The judgement stands already: where its points cannot be kept, they are worked out when they are read."""
        try:
            with db.writing() as session:
                scores.keep_for(session, held.submission_id)
        except Exception as error:
            log.warning("points are not kept", submission=held.submission_id, why=str(error))

    def _check(self, held: uploads.CheckClaim) -> None:
        report = self._report(held)
        with db.writing() as session:
            uploads.record(session, held, passed=report.passed, report=report.as_json())

    def _report(self, held: uploads.CheckClaim) -> CheckReport:
        """The whole check. Our own errors are told as a finding: the mentor can send the package again."""
        if held.lapses >= uploads.MOST_LAPSES:
            return _failed_check(f"Checking this was interrupted {held.lapses} times. Send the package again.")
        try:
            with db.reading() as session:
                package = uploads.package(session, held.upload_id)
            return check(package, self._sandbox, topics=self._topics, on_progress=lambda r: self._show_report(held, r))
        except Exception as error:
            if is_passing(error):
                raise
            log.exception("a check failed", upload=held.upload_id)
            return _failed_check(str(error) if isinstance(error, TrainerError) else "The check itself failed.")

    def _outcome(self, held: judging.Claim) -> dict[str, Any]:
        """Everything that is recorded of a judging. Our own errors become a judge error, never the student's."""
        if held.lapses >= judging.MOST_LAPSES:
            return _judge_error("Judging this was interrupted several times.")
        try:
            with db.reading() as session:
                order = _read(session, held)
            work = self._job(order)
            if order.single_box and isinstance(work, Job):
                work = replace(work, single_box=True)
            judgement = work if isinstance(work, Judgement) else self._run(held, work)
            record = kinds.get(order.content.kind).record(order.content, judgement)
        except Exception as error:
            if is_passing(error) or isinstance(error, preparing.UnderWay):
                raise
            log.exception("judging failed", submission=held.submission_id)
            return _judge_error(str(error) if isinstance(error, TrainerError) else FAILED)
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
        with db.reading() as session:
            data = publishing.hidden_cases(session, version)
        if data is None:
            with self._making(version.data_digest):
                data = self._make(content, version)
        return load_cases(data.cases)

    def _prepare(self, held: preparing.DataClaim, version: ProblemVersion) -> None:
        with db.reading() as session:
            content = catalogue.content(session, version)
        data = self._make(content, version)
        patterns = kinds.get(content.kind).mistake_patterns(content, load_cases(data.cases), self._sandbox.judge)
        with db.writing() as session:
            publishing.keep_mistakes(session, version.id, patterns)

    def _make(self, content: Content, version: ProblemVersion) -> TestData:
        """The hidden data, made and stored unless somebody has done so meanwhile."""
        with db.reading() as session:
            data = publishing.hidden_cases(session, version)
        if data is None:
            data = publishing.prepare(content, self._sandbox.run)
            with db.writing() as session:
                publishing.keep(session, data)
        return data

    @contextmanager
    def _making(self, digest: str) -> Iterator[preparing.DataClaim]:
        """Hold the right to make some data during the block, and count it where the block fails.

        Raises UnderWay where somebody else makes it, DataError where it is given up.
        """
        with db.writing() as session:
            held = preparing.claim(session, digest, self._leases.length)
        with self._leases.holding(held):
            try:
                yield held
            except Exception as error:
                if is_passing(error):
                    self._leases.give_back(held)
                    raise
                with db.writing() as session:
                    preparing.fail(session, held, str(error))
                raise
        with db.writing() as session:
            preparing.finish(session, held)

    def _run(self, held: judging.Claim, work: AnyJob) -> Judgement:
        """Judge in the sandbox, and note how far that is: `show_progress` writes it, so that nothing waits for it."""

        def note(done: int, total: int) -> None:
            with self._line:
                self._progress[held] = done, total

        try:
            return self._sandbox.judge(work, note)
        finally:
            with self._line:
                self._progress.pop(held, None)

    def show_progress(self) -> None:
        """Write how far the judgings under way have come, where that is news. Never raises.

        To be called every `PROGRESS_S`. What is judged in less time is told when it is judged, and nothing before.
        """
        with self._line:
            progress, self._progress = self._progress, {}
        for held, (done, total) in progress.items():
            self._show(
                partial(judging.show_progress, held=held, done=done, total=total), submission_topic(held.submission_id)
            )

    def _show_report(self, held: uploads.CheckClaim, report: CheckReport) -> None:
        self._show(partial(uploads.show_report, held=held, report=report.as_json()), upload_topic(held.upload_id))

    def _show(self, write: Callable[[Session], None], topic: str) -> None:
        """Write how far work has come. Never raises: what is shown on the way is worth no judging."""
        try:
            with self._app.app_context(), db.writing() as session:
                write(session)
        except Exception as error:
            log.warning("progress cannot be shown", of=topic, why=str(error))
        else:
            self._news.publish(topic)


def _read(session: Session, held: judging.Claim) -> Order:
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


def _failed_check(why: str) -> CheckReport:
    return CheckReport("", (Finding("check", False, why),), done=True)


def _judge_error(message: str) -> dict[str, Any]:
    return {"verdict": Verdict.JUDGE_ERROR, "score": 0.0, "record": kinds.get("function").judge_error(message)}
