"""What is read off the events of an interview: pure, on times that the server has put in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

QUIET_S = 120.0
"""Without typing for so long, a stretch is called quiet."""
SNAG_S = 180.0
"""So long before the eyes, a case that fails is worth a sentence."""
LATE_S = 15.0
"""An edit and a submission that belong together are recorded at most so far apart."""
MOST_REBUILT = 400 << 20
"""Bytes of one place that are put together again, all its states counted."""
WHOLE = 1 << 30
"""An edit that goes to here puts a whole text in place."""

UTF_16 = "utf-16-le"

Place = tuple[int, str]
"""What is typed in: task and name."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters `start` to `end` of a text became `inserted`. `at` is in seconds from the start of the interview.

    Characters are counted as JavaScript does, in units of UTF-16.
    """

    at: float
    task: int
    name: str
    start: int
    end: int
    inserted: str

    @property
    def is_state(self) -> bool:
        """Does it say what stands there, instead of what was typed?"""
        return self.end >= WHOLE


@dataclass(frozen=True, slots=True)
class State:
    """A whole text, as it was known to be at a moment."""

    at: float
    task: int
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Look:
    """A task came before the student's eyes; 0: none did, the page was hidden or closed."""

    at: float
    task: int


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened at one moment: a run, a submission, a step that was begun."""

    at: float
    task: int
    what: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Try:
    """A run or a submission whose outcome the student was told.

    `case` is the first that failed, empty if none did; `passed` are those that did not.
    """

    at: float
    task: int
    id: int
    case: str
    passed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Snag:
    """One case that failed, and failed again, while its task was `seconds` before the eyes.

    `last` is the id of the last try that failed at it, `mend` of the one that got past it; None where none did.
    """

    task: int
    start: float
    end: float
    seconds: float
    tries: int
    last: int
    mend: int | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """From when to when, in seconds."""

    start: float
    end: float

    @property
    def seconds(self) -> float:
        return self.end - self.start


def seconds_by_task(looks: Sequence[Look], end: float) -> dict[int, float]:
    """How long each task was looked at. Each look ends with the next one."""
    found: dict[int, float] = {}
    for task, seen in _seen(looks, end):
        found[task] = found.get(task, 0.0) + seen.seconds
    return found


def seconds_by_step(steps: Sequence[Mark], looks: Sequence[Look], end: float) -> dict[tuple[int, str], float]:
    """How long each step of a task was under way before the eyes: a step lasts until another one of its task begins."""
    found: dict[tuple[int, str], float] = {}
    for task in {mark.task for mark in steps}:
        of_task = [(mark.at, mark.said) for mark in steps if mark.task == task]
        for (start, step), (until, _) in pairwise([*of_task, (end, "")]):
            found[task, step] = found.get((task, step), 0.0) + _seconds_seen(looks, task, start, until, end)
    return found


def longest_snag(tries: Iterable[Try], looks: Sequence[Look], end: float) -> Snag | None:
    """The case that kept the student longest, if it was long enough to speak of."""
    by_task: dict[int, list[Try]] = {}
    for one in sorted(tries, key=lambda one: one.at):
        by_task.setdefault(one.task, []).append(one)
    snags = [snag for of_task in by_task.values() for snag in _snags(of_task, looks, end)]
    longest = max(snags, key=lambda snag: snag.seconds, default=None)
    return longest if longest is not None and longest.seconds >= SNAG_S else None


def lost_states(starters: Mapping[Place, str], edits: Sequence[Edit], known: Iterable[State]) -> list[Edit]:
    """Edits that put right what was recorded: for each known text that the edits around its moment do not come to."""
    known = sorted(known, key=lambda state: state.at)
    places = {(state.task, state.name) for state in known}
    found = []
    for place in places:
        of_place = [edit for edit in edits if (edit.task, edit.name) == place]
        wanted = [state for state in known if (state.task, state.name) == place]
        found += _lost(starters.get(place, ""), of_place, wanted)
    return sorted(found, key=lambda edit: edit.at)


def changed(text: bytes, edit: Edit) -> bytes:
    """A text after an edit; both in UTF-16."""
    return text[: 2 * edit.start] + edit.inserted.encode(UTF_16, "surrogatepass") + text[2 * edit.end :]


def typed_by_minute(edits: Iterable[Edit], minutes: int) -> dict[int, list[int]]:
    """By task: characters put in or taken out in each minute. Pasting much counts as one line of typing."""
    found: dict[int, list[int]] = {}
    for edit in edits:
        if edit.is_state:
            continue
        place = min(int(edit.at // 60), minutes - 1)
        row = found.setdefault(edit.task, [0] * minutes)
        row[place] += min(len(edit.inserted) + edit.end - edit.start, 80)
    return found


def quietest(edits: Sequence[Edit], end: float) -> Stretch | None:
    """The longest stretch without typing, if it is long enough to speak of."""
    moments = [0.0, *(edit.at for edit in edits if not edit.is_state), end]
    longest = max((Stretch(a, b) for a, b in pairwise(moments)), key=lambda s: s.seconds)
    return longest if longest.seconds >= QUIET_S else None


def first(marks: Iterable[Mark], what: str) -> Mark | None:
    return min((mark for mark in marks if mark.what == what), key=lambda mark: mark.at, default=None)


def _seen(looks: Sequence[Look], end: float) -> Iterator[tuple[int, Stretch]]:
    """When which task was before the eyes. Each look ends with the next one."""
    for look, after in pairwise([*looks, Look(end, 0)]):
        if look.task and after.at > look.at:
            yield look.task, Stretch(look.at, after.at)


def _snags(tries: Iterable[Try], looks: Sequence[Look], end: float) -> Iterator[Snag]:
    """Of one task: one for each row of tries that failed at the same case. What did not ask for it breaks no row."""
    row: list[Try] = []
    for one in tries:
        if row and not one.case and row[0].case not in one.passed:
            continue
        if row and one.case != row[0].case:
            yield _snag(row, one.at, one.id, looks, end)
            row = []
        if one.case:
            row.append(one)
    if row:
        yield _snag(row, end, None, looks, end)


def _snag(row: Sequence[Try], until: float, mend: int | None, looks: Sequence[Look], end: float) -> Snag:
    task, start = row[0].task, row[0].at
    return Snag(task, start, until, _seconds_seen(looks, task, start, until, end), len(row), row[-1].id, mend)


def _seconds_seen(looks: Sequence[Look], task: int, start: float, until: float, end: float) -> float:
    """How long a task was before the eyes between two moments."""
    seen = (stretch for one, stretch in _seen(looks, end) if one == task)
    return sum(max(0.0, min(stretch.end, until) - max(stretch.start, start)) for stretch in seen)


def _lost(starter: str, edits: Sequence[Edit], known: Sequence[State]) -> list[Edit]:
    """Of one place. A known text is lost if no state within LATE_S of it is the same."""
    missing = [(state, state.text.encode(UTF_16, "surrogatepass")) for state in known]
    for when, text in _states(starter, edits):
        missing = [
            (state, wanted)
            for state, wanted in missing
            if when.start > state.at + LATE_S or when.end < state.at - LATE_S or wanted != text
        ]
    return [Edit(state.at, state.task, state.name, 0, WHOLE, state.text) for state, _ in missing]


def _states(starter: str, edits: Sequence[Edit]) -> Iterator[tuple[Stretch, bytes]]:
    """Each text that stood there, and when. After MOST_REBUILT bytes it ends: nobody typed all that."""
    text, since, left = starter.encode(UTF_16, "surrogatepass"), 0.0, MOST_REBUILT
    for edit in edits:
        yield Stretch(since, edit.at), text
        text, since = changed(text, edit), edit.at
        left -= len(text)
        if left < 0:
            return
    yield Stretch(since, float("inf")), text
