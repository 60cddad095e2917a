"""One judging from claim to record: load, judge, store. What the worker does with a row it holds."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import structlog
from flask import Flask

from sandbox import AnyJob, Case, EngineUnavailable, Judgement, Sandbox, Verdict
from trainer import kinds
from trainer.bank.check import CheckReport, check
from trainer.bank.data import load_cases
from trainer.bank.problem import Problem as Content
from trainer.db import db
from trainer.errors import TrainerError
from trainer.events import Bell
from trainer.models import ProblemVersion, Purpose, Submission
from trainer.services import catalogue, judging, publishing, uploads
from trainer.services.interviews import sending

log = structlog.get_logger()

PROGRESS_S = 0.3
"""Progress is written to the row at most this often."""
MOST_LAPSES = 5
"""A row over which so many judges died is not tried again."""


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


class Judge:
    """Judges rows that are claimed. Opens short transactions only: none is held while code runs."""

    def __init__(self, app: Flask, sandbox: Sandbox, bell: Bell, topics: Collection[str]) -> None:
        self._app = app
        self._sandbox = sandbox
        self._bell = bell
        self._topics = topics

    def judge(self, held: judging.Claim) -> None:
        """Judge a submission. Where the engine is away it goes back to the queue."""
        with self._app.app_context():
            try:
                outcome = self._outcome(held)
            except EngineUnavailable as error:
                log.warning("the engine is away; the submission waits", submission=held.submission_id, why=str(error))
                with db.writing() as session:
                    judging.put_back(session, held)
            else:
                with db.writing() as session:
                    judging.record(session, held, **outcome)
        self._bell.ring(submission_bell(held.submission_id))

    def check(self, held: uploads.CheckClaim) -> None:
        """Check a mentor's package, showing each rule's findings as they come."""
        with self._app.app_context():
            with db.reading() as session:
                package = uploads.package(session, held.upload_id)
            try:
                report = check(
                    package, self._sandbox, topics=self._topics, on_progress=lambda r: self._show_report(held, r)
                )
            except EngineUnavailable as error:
                log.warning("the engine is away; the check waits", upload=held.upload_id, why=str(error))
                with db.writing() as session:
                    uploads.put_back(session, held)
            else:
                with db.writing() as session:
                    uploads.record(session, held, passed=report.passed, report=report.as_json())
        self._bell.ring(upload_bell(held.upload_id))

    def _outcome(self, held: judging.Claim) -> dict[str, Any]:
        """Everything that is recorded of a judging. Our own errors become a judge error, never the student's."""
        if held.lapses >= MOST_LAPSES:
            return _judge_error("Judging this was interrupted several times.")
        try:
            with db.reading() as session:
                order = _read(session, held.submission_id)
            work = self._job(order)
            judgement = work if isinstance(work, Judgement) else self._sandbox.judge(work, self._progress(held))
            record = kinds.get(order.content.kind).record(order.content, judgement)
        except EngineUnavailable:
            raise
        except Exception as error:
            log.exception("judging failed", submission=held.submission_id)
            return _judge_error(str(error) if isinstance(error, TrainerError) else "The judge itself failed.")
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
        with db.reading() as session:
            data = publishing.hidden_cases(session, version)
        if data is None:
            data = publishing.prepare(content, self._sandbox.run)
            with db.writing() as session:
                publishing.keep(session, data)
        return load_cases(data.cases)

    def prepare(self, version_id: int) -> None:
        """Make a version's hidden cases and known mistakes ready, before anybody waits for them."""
        with self._app.app_context():
            with db.reading() as session:
                version = session.get_one(ProblemVersion, version_id)
                content = catalogue.content(session, version)
            cases = self._hidden_cases(content, version)
            patterns = kinds.get(content.kind).mistake_patterns(content, cases, self._sandbox.judge)
            with db.writing() as session:
                publishing.keep_mistakes(session, version_id, patterns)

    def _progress(self, held: judging.Claim) -> Callable[[int, int], None]:
        last = 0.0

        def show(done: int, total: int) -> None:
            nonlocal last
            if time.monotonic() - last >= PROGRESS_S:
                last = time.monotonic()
                with self._app.app_context(), db.writing() as session:
                    judging.show_progress(session, held, done, total)
                self._bell.ring(submission_bell(held.submission_id))

        return show

    def _show_report(self, held: uploads.CheckClaim, report: CheckReport) -> None:
        with self._app.app_context(), db.writing() as session:
            uploads.show_report(session, held, report.as_json())
        self._bell.ring(upload_bell(held.upload_id))


def submission_bell(submission_id: int) -> str:
    """The name under which a submission's changes are rung."""
    return f"submission {submission_id}"


def upload_bell(upload_id: int) -> str:
    return f"upload {upload_id}"


def _read(session: Any, submission_id: int) -> Order:
    row = session.get_one(Submission, submission_id)
    return Order(
        content=catalogue.content(session, row.version),
        version=row.version,
        purpose=row.purpose,
        language=row.language,
        source=row.source,
        own_inputs=row.own_inputs,
        without_samples=sending.hides_samples(session, row),
    )


def _judge_error(message: str) -> dict[str, Any]:
    return {"verdict": Verdict.JUDGE_ERROR, "score": 0.0, "record": kinds.get("function").judge_error(message)}
