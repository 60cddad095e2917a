"""What is read off the events of an interview: pure, on times that the server has put in order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from trainer.learning.pace import Pace

QUIET_S = 120.0
"""Without typing for so long, a stretch is called quiet."""
SNAG_S = 180.0
"""So long before the eyes, a case that fails is worth a sentence."""
LATE_S = 15.0
"""An edit and a submission that belong together are recorded at most so far apart."""
MOST_REBUILT = 400 << 20
"""Bytes that are put together again, all states of all places counted."""
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

    `last` is the id of the last try that failed at it, `fix` of the one that got past it; None where none did.
    """

    task: int
    start: float
    end: float
    seconds: float
    tries: int
    last: int
    fix: int | None


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
    pace = Pace()
    events: list[Mark | Look] = [*steps, *looks]
    for one in sorted(events, key=lambda one: one.at):
        at = min(one.at, end)
        if isinstance(one, Look):
            pace.look(at, one.task)
        else:
            pace.begin(at, one.task, one.said)
    pace.pass_until(end)
    return pace.seconds


def longest_snag(tries: Iterable[Try], looks: Sequence[Look], end: float) -> Snag | None:
    """The case that kept the student longest, if it was long enough to speak of."""
    by_task: dict[int, list[Try]] = {}
    for one in sorted(tries, key=lambda one: one.at):
        by_task.setdefault(one.task, []).append(one)
    seen = _Seen(looks, end)
    snags = [snag for of_task in by_task.values() for snag in _snags(of_task, seen, end)]
    longest = max(snags, key=lambda snag: snag.seconds, default=None)
    return longest if longest is not None and longest.seconds >= SNAG_S else None


def lost_states(starters: Mapping[Place, str], edits: Sequence[Edit], known: Iterable[State]) -> list[Edit]:
    """Edits that put right what was recorded: for each known text that the edits around its moment do not come to."""
    wanted: dict[Place, list[State]] = {}
    for state in sorted(known, key=lambda state: state.at):
        wanted.setdefault((state.task, state.name), []).append(state)
    typed: dict[Place, list[Edit]] = {place: [] for place in wanted}
    for edit in edits:
        if (edit.task, edit.name) in typed:
            typed[edit.task, edit.name].append(edit)
    budget = _Budget(MOST_REBUILT)
    found = [edit for place in wanted for edit in _lost(starters.get(place, ""), typed[place], wanted[place], budget)]
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


class _Seen:
    """How long each task was before the eyes up to any moment: asked often, so what was seen is summed up once."""

    def __init__(self, looks: Sequence[Look], end: float) -> None:
        self._starts: dict[int, list[float]] = {}
        self._ends: dict[int, list[float]] = {}
        self._sums: dict[int, list[float]] = {}
        for task, stretch in _seen(looks, end):
            self._starts.setdefault(task, []).append(stretch.start)
            self._ends.setdefault(task, []).append(stretch.end)
            sums = self._sums.setdefault(task, [0.0])
            sums.append(sums[-1] + stretch.seconds)

    def seconds(self, task: int, start: float, until: float) -> float:
        """Between two moments."""
        return max(0.0, self._until(task, until) - self._until(task, start))

    def _until(self, task: int, moment: float) -> float:
        place = bisect_right(self._starts.get(task, []), moment)
        if not place:
            return 0.0
        over = max(0.0, self._ends[task][place - 1] - moment)
        return self._sums[task][place] - over


def _snags(tries: Iterable[Try], seen: _Seen, end: float) -> Iterator[Snag]:
    """Of one task: one for each row of tries that failed at the same case. What did not ask for it breaks no row."""
    row: list[Try] = []
    for one in tries:
        if row and not one.case and row[0].case not in one.passed:
            continue
        if row and one.case != row[0].case:
            yield _snag(row, one.at, one.id, seen)
            row = []
        if one.case:
            row.append(one)
    if row:
        yield _snag(row, end, None, seen)


def _snag(row: Sequence[Try], until: float, fix: int | None, seen: _Seen) -> Snag:
    task, start = row[0].task, row[0].at
    return Snag(task, start, until, seen.seconds(task, start, until), len(row), row[-1].id, fix)


class _Budget:
    """So many bytes are put together for all places of an interview."""

    def __init__(self, left: int) -> None:
        self.left = left


def _lost(starter: str, edits: Sequence[Edit], known: Sequence[State], budget: _Budget) -> list[Edit]:
    """Of one place, both in their order. A known text is lost if no state within LATE_S of it is the same.

    Only the texts that are near in time are compared: those before are settled, those after have their turn.
    """
    lost: list[State] = []
    near: list[tuple[State, bytes]] = []
    place = 0
    for when, text in _states(starter, edits, budget):
        while place < len(known) and known[place].at - LATE_S <= when.end:
            near.append((known[place], known[place].text.encode(UTF_16, "surrogatepass")))
            place += 1
        lost += [state for state, _ in near if when.start > state.at + LATE_S]
        near = [(state, wanted) for state, wanted in near if when.start <= state.at + LATE_S and wanted != text]
    left = [*lost, *(state for state, _ in near), *known[place:]]
    return [Edit(state.at, state.task, state.name, 0, WHOLE, state.text) for state in left]


def _states(starter: str, edits: Sequence[Edit], budget: _Budget) -> Iterator[tuple[Stretch, bytes]]:
    """Each text that stood there, and when. It ends with the budget: nobody typed all that."""
    text, since = starter.encode(UTF_16, "surrogatepass"), 0.0
    for edit in edits:
        yield Stretch(since, edit.at), text
        text, since = changed(text, edit), edit.at
        budget.left -= len(text)
        if budget.left < 0:
            return
    yield Stretch(since, float("inf")), text
