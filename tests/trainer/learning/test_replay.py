"""What is read off events: time by task, typing by minute, the longest quiet stretch."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.learning.pace import Pace, pace_of
from trainer.learning.replay import (
    WHOLE,
    Edit,
    Look,
    Mark,
    Snag,
    State,
    Stretch,
    Try,
    changed,
    first,
    longest_snag,
    lost_states,
    quietest,
    seconds_by_step,
    seconds_by_task,
    typed_by_minute,
)

MOMENTS = st.lists(st.floats(0, 5400), min_size=1, max_size=30).map(sorted)


def edit(at: float, text: str = "x", task: int = 1) -> Edit:
    return Edit(at, task, "python", 0, 0, text)


def test_a_look_lasts_until_the_next_one() -> None:
    looks = [Look(0, 1), Look(60, 2), Look(90, 0), Look(300, 1)]
    assert seconds_by_task(looks, 360) == {1: 120, 2: 30}


@given(MOMENTS, st.data())
def test_no_time_is_counted_twice(moments: list[float], data: st.DataObject) -> None:
    looks = [Look(at, data.draw(st.integers(0, 3))) for at in moments]
    end = moments[-1] + 10
    assert sum(seconds_by_task(looks, end).values()) <= end - moments[0] + 1e-6


def test_typing_is_counted_by_minute_and_a_paste_as_a_line() -> None:
    edits = [edit(10, "abc"), edit(59, "d"), edit(61, "y" * 500), edit(200, "z", task=2)]
    assert typed_by_minute(edits, 3) == {1: [4, 80, 0], 2: [0, 0, 1]}


def test_a_short_silence_is_none() -> None:
    assert quietest([edit(60), edit(120)], 180) is None
    assert quietest([edit(60), edit(500)], 560) == Stretch(60, 500)


def test_the_first_of_its_sort() -> None:
    marks = [Mark(9, 1, "run"), Mark(4, 2, "submission"), Mark(7, 2, "run")]
    assert first(marks, "run") == marks[2]
    assert first(marks, "bell") is None


def test_a_state_is_no_typing() -> None:
    state = Edit(100, 1, "python", 0, WHOLE, "y" * 50)
    assert typed_by_minute([edit(10), state], 3) == {1: [1, 0, 0]}
    assert quietest([edit(1), state, edit(200)], 210) == Stretch(1, 200)


LOOKS = [Look(0, 1), Look(600, 2), Look(900, 1)]


def test_minutes_on_one_case_are_those_before_the_eyes() -> None:
    tries = [Try(300, 1, 1, "empty"), Try(950, 1, 2, "empty"), Try(1000, 1, 3, "", frozenset({"empty"}))]
    assert longest_snag(tries, LOOKS, 1200) == Snag(1, 300, 1000, 400, 2, 2, 3)


def test_a_try_that_did_not_ask_for_the_case_does_not_end_it() -> None:
    tries = [Try(0, 1, 1, "hidden"), Try(100, 1, 2, "", frozenset({"sample"})), Try(300, 1, 3, "hidden")]
    assert longest_snag(tries, LOOKS, 500) == Snag(1, 0, 500, 500, 2, 3, None)


def test_another_case_is_another_matter() -> None:
    tries = [Try(0, 1, 1, "one"), Try(200, 1, 2, "two"), Try(600, 1, 3, "")]
    snag = longest_snag(tries, LOOKS, 600)
    assert snag is not None
    assert (snag.start, snag.last, snag.seconds) == (200, 2, 400)


def test_little_trouble_is_not_spoken_of() -> None:
    assert longest_snag([Try(0, 1, 1, "one"), Try(100, 1, 2, "", frozenset({"one"}))], LOOKS, 600) is None
    assert longest_snag([], LOOKS, 600) is None


TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)


@st.composite
def typings(draw: st.DrawFn) -> tuple[list[Edit], list[str]]:
    """Edits as pages record them, a minute apart, and the text after each."""
    text, edits, texts = "starter", [], []
    for minute in range(draw(st.integers(1, 8))):
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
        inserted = draw(TEXTS)
        units = [len(part.encode("utf-16-le")) // 2 for part in (text[:start], text[:end])]
        edits.append(Edit(60.0 * minute, 1, "python", units[0], units[1], inserted))
        text = text[:start] + inserted + text[end:]
        texts.append(text)
    return edits, texts


@given(typings())
def test_where_everything_was_recorded_nothing_is_put_right(typed: tuple[list[Edit], list[str]]) -> None:
    edits, texts = typed
    known = [State(made.at + 5, 1, "python", text) for made, text in zip(edits, texts, strict=True)]
    assert lost_states({(1, "python"): "starter"}, edits, known) == []


@given(typings(), st.data())
def test_what_was_lost_is_put_right_at_the_next_known_text(
    typed: tuple[list[Edit], list[str]], data: st.DataObject
) -> None:
    edits, texts = typed
    lost = data.draw(st.integers(0, len(edits) - 1))
    recorded = edits[:lost] + edits[lost + 1 :]
    known = [State(made.at + 5, 1, "python", text) for made, text in zip(edits, texts, strict=True)]
    put_right = lost_states({(1, "python"): "starter"}, recorded, known)
    told = sorted([*recorded, *put_right], key=lambda one: one.at)
    for state in known:
        text = "starter".encode("utf-16-le")
        for one in told:
            if one.at <= state.at:
                text = changed(text, one)
        if any(one.at == state.at for one in put_right):
            assert text.decode("utf-16-le") == state.text
    assert all(one.is_state for one in put_right)


def test_more_than_anybody_types_is_not_rebuilt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trainer.learning.replay.MOST_REBUILT", 1000)
    edits = [Edit(n, 1, "python", 0, 0, "x" * 100) for n in range(100)]
    known = State(99, 1, "python", "x" * 10_000)
    assert lost_states({}, edits, [known]) == [Edit(99, 1, "python", 0, WHOLE, known.text)]


def test_a_step_lasts_until_another_of_its_task_begins_and_only_before_the_eyes() -> None:
    steps = [
        Mark(0, 1, "step", "plan"),
        Mark(60, 1, "step", "code"),
        Mark(620, 2, "step", "code"),
        Mark(950, 1, "step", "plan"),
    ]
    spent = seconds_by_step(steps, LOOKS, 1000)
    assert spent == {(1, "plan"): 60 + 50, (1, "code"): 540 + 50, (2, "code"): 280}


@given(MOMENTS, st.data())
def test_steps_take_no_longer_than_their_tasks(moments: list[float], data: st.DataObject) -> None:
    looks = [Look(at, data.draw(st.integers(0, 2))) for at in moments]
    steps = [Mark(at, data.draw(st.integers(1, 2)), "step", data.draw(st.sampled_from("ab"))) for at in moments]
    end = moments[-1] + 10
    spent, seen = seconds_by_step(steps, looks, end), seconds_by_task(looks, end)
    for task in (1, 2):
        assert sum(s for (one, _), s in spent.items() if one == task) <= seen.get(task, 0) + 1e-6


class CountedList(list[Look]):
    """Counts how often it is gone through."""

    rounds = 0

    def __iter__(self) -> Iterator[Look]:
        self.rounds += 1
        return super().__iter__()


def test_the_work_does_not_grow_with_steps_times_looks() -> None:
    """Looks are gone through a few times, however many steps and tries there are."""
    looks = CountedList(Look(float(n), 1 + n % 2) for n in range(6000))
    steps = [Mark(float(n), 1 + n % 2, "step", "ab"[n % 2]) for n in range(6000)]
    spent = seconds_by_step(steps, looks, 6000.0)
    assert sum(spent.values()) == pytest.approx(6000, abs=3)
    tries = [Try(float(n), 1, n, f"case {n % 7}") for n in range(3000)]
    longest_snag(tries, looks, 6000.0)
    assert looks.rounds <= 4


@given(MOMENTS, st.data())
def test_what_is_summed_up_at_once_is_what_is_summed_up_event_by_event(
    moments: list[float], data: st.DataObject
) -> None:
    """The pace of any two parts is that of the whole, kept as JSON in between."""
    looks = [Look(at, data.draw(st.integers(0, 2))) for at in moments]
    steps = [Mark(at, data.draw(st.integers(1, 2)), "step", data.draw(st.sampled_from("ab"))) for at in moments]
    pace = Pace()
    for look, step in zip(looks, steps, strict=True):
        pace.begin(step.at, step.task, step.said)
        pace.look(look.at, look.task)
        pace = pace_of(json.loads(json.dumps(pace.as_json())))
    end = moments[-1] + 10
    found = pace.at_moment(end).seconds
    assert found == pytest.approx(seconds_by_step(steps, looks, end))
