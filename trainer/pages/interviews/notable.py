"""The minutes of an interview that are worth a sentence, in the order in which they came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from trainer.learning.judgement import OVER_MINUTES, OVER_SHARE
from trainer.learning.replay import Edit, Look, Mark, Place, Stretch, first, quietest, seconds_by_task
from trainer.pages.words import count, ordinal
from trainer.services.interviews.replay import Timeline

SENT = ("submission", "bell")


@dataclass(frozen=True, slots=True)
class Notable:
    """What happened `at` so many seconds after the start."""

    at: float
    words: str

    @property
    def clock(self) -> str:
        return clock(self.at)


def notable(timeline: Timeline, letters: Sequence[str], advised: Sequence[int]) -> tuple[Notable, ...]:
    """Firsts, answers that were right, tasks that went past their `advised` minutes, long pauses."""
    found = [
        *_firsts(timeline, letters),
        *_right(timeline.marks, letters),
        *_over(timeline, letters, advised),
        *_quiet(timeline, letters),
    ]
    return tuple(sorted(found, key=lambda one: one.at))


def clock(seconds: float) -> str:
    """14:20, of a moment in an interview."""
    whole = int(seconds)
    return f"{whole // 60:02}:{whole % 60:02}"


def _firsts(timeline: Timeline, letters: Sequence[str]) -> Iterator[Notable]:
    code = next((edit for edit in timeline.edits if _answers(edit, timeline.starters)), None)
    if code:
        yield Notable(code.at, f"The first line of an answer, in task {letters[code.task - 1]}.")
    run = first(timeline.marks, "run")
    if run:
        yield Notable(run.at, f"The first run, in task {letters[run.task - 1]}.")
    sent = first(timeline.marks, "submission")
    if sent and sent.said != "accepted":
        yield Notable(sent.at, f"The first submission, of task {letters[sent.task - 1]}.")


def _right(marks: Sequence[Mark], letters: Sequence[str]) -> Iterator[Notable]:
    for number, letter in enumerate(letters, 1):
        sent = [mark for mark in marks if mark.task == number and mark.what in SENT]
        for place, mark in enumerate(sent, 1):
            if mark.said == "accepted":
                how = "by the end of the time" if mark.what == "bell" else f"with the {ordinal(place)} submission"
                yield Notable(mark.at, f"Task {letter} is right, {how}.")
                break


def _over(timeline: Timeline, letters: Sequence[str], advised: Sequence[int]) -> Iterator[Notable]:
    seconds = seconds_by_task(timeline.looks, timeline.length)
    for number, (letter, minutes) in enumerate(zip(letters, advised, strict=True), 1):
        took, bound = seconds.get(number, 0.0), 60.0 * minutes
        if took >= bound * OVER_SHARE and took - bound >= 60 * OVER_MINUTES:
            at = _moment(timeline.looks, number, bound, timeline.length)
            yield Notable(at, f"Task {letter} goes past its advised {count(minutes, 'minute')}.")


def _moment(looks: Sequence[Look], number: int, bound: float, end: float) -> float:
    """When a task had been on screen for so many seconds."""
    left = bound
    for look, until in zip(looks, [*(one.at for one in looks[1:]), end], strict=True):
        if look.task == number:
            if until - look.at >= left:
                return look.at + left
            left -= max(until - look.at, 0.0)
    return end


def _quiet(timeline: Timeline, letters: Sequence[str]) -> Iterator[Notable]:
    quiet = quietest(timeline.edits, timeline.length) if timeline.edits else None
    if quiet:
        where = _only_task(timeline.looks, quiet)
        during = f", while task {letters[where - 1]} was open" if where else ""
        yield Notable(quiet.start, f"{count(round(quiet.seconds / 60), 'minute')} without typing{during}.")


def _only_task(looks: Sequence[Look], stretch: Stretch) -> int:
    """The task that was on screen all the time, 0 where there is none."""
    before = [look.task for look in looks if look.at <= stretch.start][-1:]
    during = [look.task for look in looks if stretch.start < look.at < stretch.end]
    seen = {*before, *during}
    return seen.pop() if len(seen) == 1 else 0


def _answers(edit: Edit, starters: Mapping[Place, str]) -> bool:
    """Was an answer typed here? What stands when a task is opened for the first time was given with it."""
    starter = starters.get((edit.task, edit.name))
    return starter is not None and not (edit.is_state and edit.inserted.strip() == starter.strip())
