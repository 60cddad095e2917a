"""What is promised to be new is new, over all phases of a judging, by construction."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable

import pytest
from suite.values import Draw

PHASES = 3
SHARE = 16**4 // PHASES
DRAWS: dict[str, tuple[int, Callable[[Draw], str]]] = {
    "word": (5000, Draw.word),
    "words": (2000, Draw.words),
    "one word": (500, lambda draw: draw.words(1)),
    "name": (1000, Draw.name),
    "email": (2000, Draw.email),
    "password": (1000, Draw.password),
    "token": (2000, Draw.token),
    "token of 1": (16 // PHASES, lambda draw: draw.token(1)),
    "token of 2": (256 // PHASES, lambda draw: draw.token(2)),
    "token of 3": (4096 // PHASES, lambda draw: draw.token(3)),
    "token of 4": (SHARE, lambda draw: draw.token(4)),
    "token of 5": (2000, lambda draw: draw.token(5)),
    "token of 600": (50, lambda draw: draw.token(600)),
}


@pytest.mark.parametrize("seed", [2**62])
@pytest.mark.parametrize("name", DRAWS)
def test_nothing_new_comes_twice_in_a_judging(name: str, seed: int) -> None:
    count, draw_one = DRAWS[name]
    phases = [Draw(seed, phase, PHASES) for phase in range(PHASES)]
    found = [draw_one(draw) for draw in phases for _ in range(count)]
    assert len({text.lower() for text in found}) == len(found)


def test_what_ends_in_what_is_new_is_no_part_of_another() -> None:
    """A search for one word finds no other."""
    draw = Draw(5)
    found = [draw.word() for _ in range(2000)]
    text = " ".join(found)
    assert all(text.count(word) == 1 for word in found)


def test_short_tokens_come_again_when_all_were_drawn() -> None:
    draw = Draw(5)
    found = [draw.token(1) for _ in range(48)]
    assert sorted(found[:16]) == sorted(found[16:32]) == sorted("0123456789abcdef")


def test_threads_draw_different_values() -> None:
    draw, found = Draw(5), []

    def many() -> None:
        found.extend([draw.token(4) for _ in range(500)])

    threads = [threading.Thread(target=many) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == len(found) == 4_000


def test_a_judging_has_values_of_its_own() -> None:
    """They are spread as chance spreads them: of two judgings hardly any of 16 million tokens are equal."""
    first, second = ({draw.token(6) for _ in range(1000)} for draw in (Draw(1), Draw(2)))
    assert len(first & second) < 5
    assert Draw(1).words() == Draw(1).words() != Draw(2).words()
    counts = [sum(text[place] == digit for text in first) for place in range(6) for digit in "0123456789abcdef"]
    assert 25 < min(counts) <= max(counts) < 110


def test_values_look_as_suites_rely_on() -> None:
    draw = Draw(9)
    for _ in range(200):
        assert re.fullmatch(r"[a-z]+-[0-9a-f]{4}", draw.word())
        assert re.fullmatch(r"[a-z]+ [a-z]+ [0-9a-f]{4}", draw.words(2))
        assert re.fullmatch(r"[a-z]+\.[0-9a-f]{6}@example\.org", draw.email())
        assert re.fullmatch(r"[A-Z][a-z]+ [A-Z]\. [A-Z][a-z]+", draw.name())
        assert re.fullmatch(r"[a-z]+-[0-9a-f]{4}-[0-9a-f]{8}", draw.password())
        assert re.fullmatch(r"[0-9a-f]{16}", draw.token())
        assert 3 <= draw.number(3, 5) <= 5
        assert draw.choice("a", "b") in "ab"
