"""The problem list: facets, search, order."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.trainer.pages.conftest import Visitor, text_of


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Double it", "First steps", "Window of requests"]),
        ("?difficulty=medium", ["Window of requests"]),
        ("?topic=queues", ["Window of requests"]),
        ("?topic=queues&topic=arrays", ["Double it", "First steps", "Window of requests"]),
        ("?topic=queues&difficulty=easy", []),
        ("?q=window", ["Window of requests"]),
        ("?q=zeppelin", []),
        ("?sort=title&difficulty=easy", ["Double it", "First steps"]),
        ("?sort=nonsense", ["Double it", "First steps", "Window of requests"]),
        ("?kind=class", []),
    ],
)
def test_what_is_asked_for_is_listed(visitor: Visitor, query: str, titles: list[str]) -> None:
    assert listed(visitor, query) == titles


def test_counts_say_what_each_choice_would_show(visitor: Visitor) -> None:
    text = text_of(visitor.get("/problems?topic=queues"))
    assert "Easy 0" in text
    assert "Medium 1" in text
    assert "Arrays 2" in text
    assert "Sliding window 1" in text


def test_facets_that_do_not_exist_are_not_shown(visitor: Visitor) -> None:
    text = text_of(visitor.get("/problems"))
    assert "Kind" not in text.split("Search problems")[0].split("Difficulty")[1]
    assert "Hard" not in text
    assert "Starred" not in text


def test_an_empty_list_says_how_to_go_on(visitor: Visitor) -> None:
    answer = visitor.get("/problems?q=<script>&difficulty=easy")
    assert "No problem has the words “<script>” with these filters" in text_of(answer)
    assert "Show all problems" in text_of(answer)


def test_states_are_a_students_own(student: Visitor, submit: Callable[..., int]) -> None:
    student.post("/problems/window/star", starred="1")
    submit(student, "def double(number): return 2 * number")
    assert listed(student, "?state=accepted") == ["Double it"]
    assert listed(student, "?state=starred") == ["Window of requests"]
    assert listed(student, "?state=new") == ["First steps", "Window of requests"]
    assert "1 accepted, 0 open" in text_of(student.get("/problems"))


def listed(visitor: Visitor, query: str) -> list[str]:
    """Titles in the order of the page."""
    text = visitor.get(f"/problems{query}").text
    found = {title: text.find(f">{title}</a>") for title in ("Double it", "First steps", "Window of requests")}
    return sorted((title for title in found if found[title] >= 0), key=lambda title: found[title])
