"""The trainer's words for values: verdicts, states, moments, counts. Pure; templates use them as filters."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox.model import Verdict
from sandbox.signature import Query, Rows
from trainer import languages
from trainer.clock import now
from trainer.kinds.icons import icon_of
from trainer.kinds.service.requests import METHODS
from trainer.learning.timer import CHOICES


@dataclass(frozen=True, slots=True)
class Chip:
    """How a verdict or a status is shown: `css` is its letters in lower case, as in `verdict wa` and `#i-wa`."""

    css: str
    label: str


NO_BREAK = "\u00a0"
_UNIT = re.compile(r"(?<=\d) (?=(?:ms|s|min|h|KB|KiB|MB|MiB)\b)")
_NUMBERED = re.compile(r"\b(case|sample|step|set|try) (?=\d)")
_LABELS = {
    Verdict.TIME_LIMIT_EXCEEDED: "Time limit",
    Verdict.MEMORY_LIMIT_EXCEEDED: "Memory limit",
    Verdict.OUTPUT_LIMIT_EXCEEDED: "Output limit",
}
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_KIND_WORDS = {"sql": "SQL", "service": "HTTP service", "debug": "Debugging"}
_TASK_WORDS = {
    "function": "Function to write",
    "sql": "SQL query",
    "service": "HTTP service to build",
    "debug": "Service to debug",
    "quiz": "Short questions",
}
_KINDS_WORDS = {
    "function": "Functions",
    "class": "Class design",
    "sql": "SQL queries",
    "service": "HTTP services",
    "debug": "Debugging",
    "quiz": "Questions",
}
STATES = {"new": "Not tried", "tried": "Tried, not accepted", "accepted": "Accepted", "starred": "Starred"}


@dataclass(frozen=True, slots=True)
class Speech:
    """How pages speak of what a kind's students hand in. `work` is its name; the others are sentences.

    `opens`: when the solution can be read. `editorial`: what stands in it. `starting`: nothing can be counted yet.
    `kept`: where a submission is that we failed to judge. `again`: what a button says that opens what was sent.
    `elsewhere`: something else stands where one answers.
    """

    work: str
    opens: str
    editorial: str
    starting: str
    kept: str
    again: str = "Open this code"
    elsewhere: str = "not the code in the editor"


_CODE = Speech(
    work="code",
    opens="It opens when your code is accepted.",
    editorial="Other ways, what each costs, and the mistakes that are often made",
    starting="A sandbox is starting.",
    kept="Your code is in the editor and in your attempts.",
)
_SERVICE = Speech(
    work="service",
    opens="It opens when your service is accepted.",
    editorial="Ways to build it, why, and what an interviewer asks next",
    starting="Sandboxes are starting.",
    kept="Your files are in the editor and in your attempts.",
    again="Open these files",
    elsewhere="not the files in the editor",
)
_SPEECH = {
    "sql": replace(_CODE, again="Open this query", elsewhere="not the query in the editor"),
    "service": _SERVICE,
    "debug": _SERVICE,
    "quiz": Speech(
        work="answer",
        opens="It opens when your answers are right.",
        editorial="Every question with its answer, and why the others are wrong",
        starting="Your answers are being marked.",
        kept="Your answers stay here and in your attempts.",
        again="Open these answers",
        elsewhere="not the answers below",
    ),
}


def chip(verdict: str) -> Chip:
    """The chip of a verdict, or of the status of what is not judged yet."""
    if verdict in ("queued", "judging"):
        return Chip(verdict, verdict.capitalize())
    known = Verdict(verdict)
    return Chip(known.short.lower(), _LABELS.get(known, known.capitalize()))


def compare_words(rule: Query) -> str:
    """How an answer's rows are compared, for whoever writes the query."""
    names = "" if rule.named else " Column names do not matter, their order does."
    match rule.rows:
        case Rows.SET:
            return f"Compared as a set: order and repetitions do not matter.{names}"
        case Rows.ORDERED:
            keys = ", ".join(rule.keys)
            return f"Compared as a list sorted by {keys}; rows that are equal in that may stand in any order.{names}"
    return f"Compared as a bag: the order of rows does not matter, the number of times each appears does.{names}"


def ordinal(number: int) -> str:
    """1 → first. Beyond ten in figures: 21 → 21st."""
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def count(number: int, one: str, many: str | None = None) -> str:
    """3, "problem" → 3 problems."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def bound(text: str) -> str:
    """The same with no line's end between a figure and its unit, and between a case and its number."""
    return _NUMBERED.sub(rf"\1{NO_BREAK}", _UNIT.sub(NO_BREAK, text))


def minutes(seconds: float) -> str:
    """Time of work in words: under a minute, 19 min, 1 h 5 min."""
    whole = round(seconds / 60)
    if whole < 1:
        return "under a minute"
    hours, rest = divmod(whole, 60)
    if not hours:
        return bound(f"{rest} min")
    return bound(f"{hours} h {rest} min" if rest else f"{hours} h")


def duration(milliseconds: float | None) -> str:
    """CPU time as one reads it: 0.4 ms, 12 ms, 1.3 s."""
    if milliseconds is None:
        return ""
    if milliseconds < 1:
        return bound(f"{milliseconds:.1f} ms")
    if milliseconds < 1000:
        return bound(f"{milliseconds:.0f} ms")
    return bound(f"{milliseconds / 1000:.1f} s")


def clock_words(left: timedelta) -> str:
    """Time to the bell as a clock shows it: 22:28, 1:05:00."""
    seconds = math.ceil(left.total_seconds())
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60:02}:{rest % 60:02}"


def points(value: float) -> str:
    """13 or 13.4, never 13.0."""
    return f"{value:.1f}".removesuffix(".0")


def moment(value: datetime) -> str:
    """21 Oct 2025, 14:12 UTC. Scripts replace it by the reader's own time."""
    return f"{value.astimezone(UTC):%-d %b %Y, %H:%M} UTC"


def in_line(names: Sequence[str]) -> str:
    """Several titles in one line: Sliding window, queues, HTTP."""
    return ", ".join(
        name if n == 0 or name[1:2].isupper() else name[:1].lower() + name[1:] for n, name in enumerate(names)
    )


def all_languages(offered: Sequence[str]) -> str:
    """The languages that one programs in here, in a sentence."""
    *others, last = map(languages.title, offered)
    names = f"{', '.join(others)} or {last}" if others else last
    return f"Programs are written in {names}, queries in PostgreSQL’s SQL."


def file_name(slug: str, language: str) -> str:
    """What the editor calls the file: page_of.py."""
    return f"{slug.replace('-', '_')}.{languages.ending(language) or language}"


def time_limit(limit_s: float, names: Sequence[str]) -> str:
    """A problem's time limit, and those of languages that get more: 2 s, 3 s in JavaScript."""
    longer: dict[float, list[str]] = {}
    for name in names:
        longer.setdefault(languages.time_limit_s(name, limit_s), []).append(languages.title(name))
    usual = min(longer, default=limit_s)
    others = (f"{number(one)} s in {in_words(longer[one])}" for one in sorted(longer) if one != usual)
    return bound(", ".join([f"{number(usual)} s", *others]))


def in_words(names: Sequence[str]) -> str:
    """Java, Ruby and PHP."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def speech(kind: str) -> Speech:
    return _SPEECH.get(kind, _CODE)


def number(value: float) -> str:
    """2.0 → 2, 0.5 → 0.5."""
    return f"{value:g}"


REPORTS = {
    "statement": "The statement is unclear or wrong",
    "wrong accepted": "A wrong answer was accepted",
    "right refused": "A right answer was judged wrong",
}
GLOBALS: Mapping[str, Any] = {
    "state_words": STATES,
    "report_words": REPORTS,
    "count": count,
    "file_name": file_name,
    "grammars": languages.grammars,
    "language_titles": languages.titles,
    "time_limit": time_limit,
    "request_methods": METHODS,
    "timer_choices": CHOICES,
    "clock_now": now,
}
FILTERS: Mapping[str, Callable[..., Any]] = {
    "bound": bound,
    "chip": chip,
    "clock_words": clock_words,
    "duration": duration,
    "kind_icon": icon_of,
    "kinds_word": lambda label: _KINDS_WORDS.get(label, label.capitalize()),
    "kind_word": lambda label: _KIND_WORDS.get(label, label.capitalize()),
    "task_word": lambda kind: _TASK_WORDS.get(kind, kind.capitalize()),
    "compare_words": compare_words,
    "grammar": languages.lexer,
    "language": languages.title,
    "language_version": languages.title_and_version,
    "minutes": minutes,
    "moment": moment,
    "number": number,
    "points": points,
    "ordinal": ordinal,
    "speech": speech,
}
