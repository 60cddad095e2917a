"""`trainer bank check`: a package proves itself, rule by rule, and says so while it runs."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from sandbox.errors import JobRefused, JudgingFailed
from sandbox.model import Verdict
from trainer.bank.data import needs_reference, resolve
from trainer.bank.files import Package
from trainer.bank.jobs import make_job
from trainer.bank.mistakes import patterns_of
from trainer.bank.package import read_folder, read_package
from trainer.bank.problem import Problem, Submission
from trainer.bank.report import CheckReport, Finding, Trial
from trainer.bank.rules import AFTER, BEFORE, Facts, Result, Rule
from trainer.bank.rules.base import Sandbox
from trainer.bank.rules.limits import widened
from trainer.bank.rules.programs import judged, table
from trainer.bank.words import count
from trainer.errors import DataError, PackageError

__all__ = ["CheckReport", "check", "check_folder"]

SERVICES_AT_ONCE = 2
Progress = Callable[[CheckReport], None]


def check(
    package: Package,
    sandbox: Sandbox,
    *,
    topics: Collection[str] | None = None,
    brief: bool = False,
    on_progress: Progress | None = None,
) -> CheckReport:
    """Check a package. `on_progress` is given the report so far whenever it grew or another rule began.

    `brief`: of wrong programs only what comes up to their first failure is run. All that must hold is checked; nothing
    is said of which cases catch which program.

    Raises EngineUnavailable: nothing can be said of the package then, ask again later.
    """
    return _Check(package, sandbox, topics, brief, on_progress or (lambda report: None)).run()


def check_folder(
    folder: Path, sandbox: Sandbox, *, topics: Collection[str] | None = None, brief: bool = False
) -> CheckReport:
    """Check a package in its folder. Whatever is wrong with its files is told with everything else."""
    try:
        found, _ = read_folder(folder, topics=topics)
    except PackageError as error:
        flaws = tuple(Finding("package", False, str(flaw)) for flaw in error.flaws)
        return CheckReport(folder.name, flaws, done=True)
    return check(found, sandbox, topics=topics, brief=brief)


class _Check:
    """One check under way."""

    def __init__(
        self, package: Package, sandbox: Sandbox, topics: Collection[str] | None, brief: bool, on_progress: Progress
    ) -> None:
        self._package = package
        self._sandbox = sandbox
        self._topics = topics
        self._brief = brief
        self._tell = on_progress
        self._report = CheckReport(package.slug)

    def run(self) -> CheckReport:
        try:
            self._check()
        except (JobRefused, JudgingFailed) as error:
            self._add([Finding(self._report.running, False, f"the sandbox could not do this: {error}")])
        self._update(running="", done=True)
        return self._report

    def _check(self) -> None:
        problem = self._read()
        facts = self._resolve(problem) if problem else None
        if facts:
            self._apply(BEFORE[facts.problem.kind], facts)
            facts = dataclasses.replace(facts, trials=self._try(facts))
            self._update(trials=facts.trials)
            if not self._brief:
                self._update(kills=table(facts) if facts.trials else ())
                self._update(mistakes=patterns_of((trial.submission, trial.judgement) for trial in facts.trials))
            self._apply((rule for rule in AFTER[facts.problem.kind] if not (self._brief and rule.of_all_cases)), facts)

    def _read(self) -> Problem | None:
        self._update(running="package")
        try:
            problem = read_package(self._package.files, self._package.slug, topics=self._topics)
        except PackageError as error:
            self._add(Finding("package", False, str(flaw)) for flaw in error.flaws)
            return None
        self._add([Finding("package", True, f"{count(len(self._package.files), 'file')}, every key and type is right")])
        return problem

    def _resolve(self, problem: Problem) -> Facts | None:
        self._update(running="data")
        started = time.monotonic()
        try:
            cases = resolve(problem, self._sandbox.run)
        except DataError as error:
            self._add(Finding("data", False, line) for line in str(error).splitlines())
            return None
        generated = len(cases) - len(problem.samples) - len(problem.secrets)
        message = count(generated, "generated case")
        if needs_reference(problem):
            message += f", answered by {problem.reference.path}"
        self._add([Finding("data", True, message, time.monotonic() - started)])
        return Facts(problem, cases, self._sandbox, brief=self._brief)

    def _apply(self, rules: Iterable[Rule], facts: Facts) -> None:
        for rule in rules:
            self._update(running=rule.name)
            self._time(rule.name, rule.find(facts))

    def _try(self, facts: Facts) -> tuple[Trial, ...]:
        """Judge every program of the package; a finding each. Services wait more than they compute: two at a time."""
        trials: list[Trial] = []

        def judge(submission: Submission) -> Trial:
            slow = self._brief and submission.verdict is Verdict.TIME_LIMIT_EXCEEDED and not facts.problem.service
            limits = widened(facts.problem.limits) if slow else None
            job = make_job(facts.problem, facts.cases, submission.source, submission.language, limits)
            if self._brief and submission.verdict is not Verdict.ACCEPTED:
                job = dataclasses.replace(job, first_failure_only=True)
            return Trial(submission, self._sandbox.judge(job))

        def results() -> Iterator[Result]:
            with ThreadPoolExecutor(SERVICES_AT_ONCE if facts.problem.service else 1) as threads:
                for trial in threads.map(judge, facts.problem.submissions):
                    trials.append(trial)
                    yield judged(trial)

        self._update(running="verdicts")
        self._time("verdicts", results())
        return tuple(trials)

    def _time(self, rule: str, results: Iterator[Result]) -> None:
        """Turn results into findings, with the time that each took."""
        started = time.monotonic()
        for result in results:
            seconds = time.monotonic() - started
            self._add([Finding(rule, result.ok, result.message, seconds, result.advice)])
            started = time.monotonic()

    def _add(self, findings: Iterable[Finding]) -> None:
        self._update(findings=(*self._report.findings, *findings))

    def _update(self, **changes: Any) -> None:
        self._report = dataclasses.replace(self._report, **changes)
        self._tell(self._report)
