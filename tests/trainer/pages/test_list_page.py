"""The problem list: facets, search, order."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from flask import Flask

from tests.examples import make_service
from tests.factories import publish, publish_package
from tests.trainer.pages.conftest import Visitor, text_of
from trainer.bank.topics import Topic
from trainer.db import db
from trainer.pages.problems.views import OPEN_CHOICES
from trainer.web.runtime import KEY, runtime


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
        ("?q=doubling", ["Double it", "First steps", "Window of requests"]),
        ("?q=window+requests&sort=title", ["Window of requests"]),
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


def chips(visitor: Visitor, query: str) -> list[tuple[str, str]]:
    """Chosen filters: what each is called, and the address of the list without it."""
    found = re.findall(r'<a class="badge on" href="([^"]*)" data-chip>(.*?)</a>', visitor.get(f"/problems{query}").text)
    return [(re.sub("<[^>]*>", "", words).strip(), html.unescape(address)) for address, words in found]


def test_each_chosen_filter_is_told_by_its_name_and_can_be_taken_away(visitor: Visitor) -> None:
    query = "?q=window&topic=queues&topic=arrays&difficulty=medium&kind=sql&sort=title&page=2"
    assert chips(visitor, query) == [
        ("Remove the filter Medium", "/problems?q=window&topic=queues&topic=arrays&kind=sql&sort=title"),
        ("Remove the filter SQL", "/problems?q=window&topic=queues&topic=arrays&difficulty=medium&sort=title"),
        ("Remove the filter Queues", "/problems?q=window&topic=arrays&difficulty=medium&kind=sql&sort=title"),
        ("Remove the filter Arrays", "/problems?q=window&topic=queues&difficulty=medium&kind=sql&sort=title"),
    ]
    page = visitor.get(f"/problems{query}").text
    assert '<a class="muted" href="/problems?sort=title">Clear all</a>' in page
    assert "Clear all" in visitor.get("/problems?q=window").text
    assert "Clear all" not in visitor.get("/problems?sort=title").text


def test_a_filter_that_no_problem_has_can_be_taken_away_too(visitor: Visitor) -> None:
    long = "x" * 80
    assert chips(visitor, f"?state=accepted&difficulty=impossible&topic={long}&topic=&kind=") == [
        ("Remove the filter Accepted", f"/problems?difficulty=impossible&topic={long}&topic=&kind="),
        ("Remove the filter Impossible", f"/problems?state=accepted&topic={long}&topic=&kind="),
        (f"Remove the filter X{'x' * 56}...", "/problems?state=accepted&difficulty=impossible&topic=&kind="),
    ]


def test_kinds_of_the_most_problems_come_first(app: Flask, visitor: Visitor) -> None:
    with app.app_context(), db.writing() as session:
        publish_package(session, make_service())
    facet = visitor.get("/problems").text.split("<legend>Kind")[1].split("</fieldset>")[0]
    assert re.findall('name="kind" value="([a-z]+)"', facet) == ["function", "service"]


def test_the_order_is_called_by_what_comes_first(visitor: Visitor) -> None:
    assert 'value="best" selected>Easiest first<' in visitor.get("/problems").text
    assert 'value="best" selected>Best match first<' in visitor.get("/problems?q=window").text


def test_of_many_topics_the_most_used_and_the_chosen_ones_stand_open(app: Flask, visitor: Visitor) -> None:
    with app.app_context(), db.writing() as session:
        for number, topic in enumerate(runtime().topics[:20]):
            publish(session, f"one-{number}", title=f"One {number}", topics=topic.id)
    page = visitor.get("/problems?topic=trees").text
    opened, _, folded = page.partition('id="fold-topic"')
    boxes = 'name="topic" value='
    assert opened.count(boxes) == OPEN_CHOICES + 1
    assert 'id="f-topic-arrays"' in opened  # three problems have it
    assert 'value="trees" checked' in opened
    assert folded.partition("</details>")[0].count(boxes) > 5


def test_facets_that_do_not_exist_are_not_shown(visitor: Visitor) -> None:
    text = text_of(visitor.get("/problems"))
    assert "Kind" not in text.split("Search problems")[0].split("Difficulty")[1]
    assert "Hard" not in text
    assert "Starred" not in text


def test_an_empty_list_says_how_to_go_on(visitor: Visitor) -> None:
    answer = visitor.get("/problems?q=<script>&difficulty=easy")
    assert "No problem has the word “<script>” with these filters. Remove a filter." in text_of(answer)
    assert "Show all problems" in text_of(answer)
    assert 'href="/where-is"' in answer.text


def test_an_empty_list_names_the_closest_topics_that_have_problems(visitor: Visitor) -> None:
    answer = visitor.get("/problems?q=sliding+zeppelin")
    assert "No problem has all the words “sliding zeppelin”. Try fewer words." in text_of(answer)
    assert "Closest topic: Sliding window ." in text_of(answer)
    assert 'href="/problems?topic=sliding-window"' in answer.text
    assert "Closest" not in text_of(visitor.get("/problems?q=websocket"))  # a topic without problems


def test_the_name_is_told_by_which_a_problem_was_found(app: Flask, visitor: Visitor) -> None:
    with app.app_context(), db.writing() as session:
        publish(session, "double", title="Double it", known_as="[times two, <twice>]")
    assert "Double it found as: times two" in text_of(visitor.get("/problems?q=times+two"))
    assert "found as: &lt;twice&gt;" in visitor.get("/problems?q=twice").text
    assert "found as" not in text_of(visitor.get("/problems?q=double"))
    assert "times two" not in visitor.get("/problems/double").text


def test_the_page_of_names_leads_to_problems_and_topics(app: Flask, visitor: Visitor) -> None:
    with app.app_context(), db.writing() as session:
        publish(session, "double", title="Double it", known_as="[times two, 2x]")
        publish(session, "window", title="Window", topics="queues", known_as="[times two]")
    answer = visitor.get("/where-is")
    assert "The names give the approach away" in text_of(answer)
    assert "times two Double it Window " in text_of(answer)
    assert '0–9</h2>\n<dl><div><dt>2x</dt><dd><a href="/problems/double">Double it</a>' in answer.text
    assert '<dt>fifo</dt><dd><a href="/problems?topic=queues">Queues</a>' in answer.text
    assert "websocket" not in answer.text


@pytest.mark.own_app
def test_a_bank_without_other_names_says_so(app: Flask, visitor: Visitor) -> None:
    app.extensions[KEY].topics = [Topic(id="arrays", title="Arrays", group="x")]
    assert "No problem here has another name." in text_of(visitor.get("/where-is"))


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
