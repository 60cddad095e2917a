"""The report of a check as mentors read it: one line a rule, what is wrong below it, and what each case catches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from trainer.models import Upload, UploadStatus

DOTS_AT_MOST = 16


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule. `css` is ac (holds), tle (advice), wa (fails) or judging (at work); `flaws` is what it found wrong."""

    name: str
    css: str
    icon: str
    words: str
    flaws: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class KillLine:
    """A hidden case, and how many of the wrong submissions fail on it."""

    case: str
    killed: int
    of: int

    @property
    def dots(self) -> int:
        """How many marks the row draws: one a submission, or none where they would be too many."""
        return self.of if self.of <= DOTS_AT_MOST else 0


@dataclass(frozen=True, slots=True)
class ReportView:
    rules: tuple[RuleLine, ...]
    kills: tuple[KillLine, ...]
    holding: int
    failing: int
    advice: int


def read_report(upload: Upload) -> ReportView:
    """The report as far as the check has come."""
    report = upload.report or {}
    findings = report.get("findings", [])
    lines = [_line(rule, list(found)) for rule, found in groupby(findings, key=lambda f: str(f["rule"]))]
    under_way = upload.status is UploadStatus.CHECKING
    running = str(report.get("running", ""))
    if under_way and running and (not lines or lines[-1].name != running):
        lines.append(RuleLine(running, "judging", "judging", "At work"))
    return ReportView(
        rules=tuple(lines),
        kills=_kills(report),
        holding=sum(line.css == "ac" for line in lines),
        failing=sum(line.css == "wa" for line in lines),
        advice=sum(line.css == "tle" for line in lines),
    )


def _line(rule: str, findings: Sequence[Mapping[str, Any]]) -> RuleLine:
    wrong = tuple(f["message"] for f in findings if not f["ok"] and not f["advice"])
    advice = tuple(f["message"] for f in findings if not f["ok"] and f["advice"])
    right = tuple(f["message"] for f in findings if f["ok"])
    css, icon = ("wa", "wa") if wrong else ("tle", "info") if advice else ("ac", "ac")
    flaws = wrong + advice
    return RuleLine(
        name=rule,
        css=css,
        icon=icon,
        words=_words(flaws, right),
        flaws=flaws if len(flaws) > 1 else (),
        passed=right if len(right) > 1 or (right and flaws) else (),
        seconds=sum(f["seconds"] for f in findings),
    )


def _words(flaws: Sequence[str], right: Sequence[str]) -> str:
    if len(flaws) == 1:
        return flaws[0]
    if flaws:
        return f"{len(flaws)} things to look at"
    return right[0] if len(right) == 1 else f"{len(right)} checked, all as they should be"


def _kills(report: Mapping[str, Any]) -> tuple[KillLine, ...]:
    of = sum(submission["expected"] != "accepted" for submission in report.get("submissions", []))
    return tuple(KillLine(kill["case"], len(kill["by"]), of) for kill in report.get("kills", []))
