"""What a check of a package found: frozen values that pages and the command line show, also while it runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.model import Judgement, Verdict
from trainer.bank.problem import Submission


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule found. Where `advice` is set, `ok` False is information and fails nothing."""

    rule: str
    ok: bool
    message: str
    seconds: float = 0.0
    advice: bool = False


@dataclass(frozen=True, slots=True)
class Kill:
    """One hidden case and the wrong submissions that fail on it, by their paths."""

    case: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """A program of the package and how it was judged on all cases."""

    submission: Submission
    judgement: Judgement

    @property
    def first_failure(self) -> str:
        """Name of the first hidden case that it fails, or empty."""
        failed = (r.case.name for r in self.judgement.results if not r.case.sample and _failed(r.verdict))
        return next(failed, "")

    @property
    def failures(self) -> frozenset[str]:
        """Names of all cases that it fails."""
        return frozenset(r.case.name for r in self.judgement.results if _failed(r.verdict))

    @property
    def slowest(self) -> tuple[float, str]:
        """CPU time in ms of its slowest case, and that case's name."""
        return max(((r.run.time_ms, r.case.name) for r in self.judgement.results), default=(0.0, ""))

    def as_json(self) -> dict[str, Any]:
        return {
            "path": self.submission.path,
            "expected": self.submission.verdict.value,
            "verdict": self.judgement.verdict.value,
            "score": round(self.judgement.score, 4),
            "first_failure": self.first_failure,
            "slowest_ms": round(self.slowest[0], 1),
            "slowest_case": self.slowest[1],
        }


@dataclass(frozen=True, slots=True)
class CheckReport:
    """A check, finished where `done` is set. `running` is the rule at work.

    `mistakes` are the sentences of known mistakes by the pattern of hidden cases that they fail
    (see `trainer.bank.mistakes`).
    """

    slug: str
    findings: tuple[Finding, ...] = ()
    kills: tuple[Kill, ...] = ()
    trials: tuple[Trial, ...] = ()
    mistakes: Mapping[str, str] = field(default_factory=dict)
    running: str = ""
    done: bool = False

    @property
    def passed(self) -> bool:
        return self.done and all(finding.ok or finding.advice for finding in self.findings)

    def as_json(self) -> dict[str, Any]:
        """The same as plain JSON values."""
        return {
            "slug": self.slug,
            "done": self.done,
            "passed": self.passed,
            "running": self.running,
            "findings": [_finding(finding) for finding in self.findings],
            "kills": [{"case": kill.case, "by": list(kill.by)} for kill in self.kills],
            "submissions": [trial.as_json() for trial in self.trials],
            "mistakes": dict(self.mistakes),
        }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "ok": finding.ok,
        "advice": finding.advice,
        "message": finding.message,
        "seconds": round(finding.seconds, 2),
    }


def _failed(verdict: Verdict | None) -> bool:
    return verdict not in (None, Verdict.ACCEPTED)
