"""Long lists come in pages: each entry on one of them, filters kept, and every page reached by links."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import get_args

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.examples import make_debug, make_service
from tests.factories import make_package, make_quiz, publish_package, small_interviews
from tests.statements import heard
from tests.trainer.pages.conftest import Visitor, text_of
from trainer.api.models.common import Label
from trainer.bank.archives import to_zip
from trainer.clock import now
from trainer.db import db
from trainer.kinds.icons import icon_of
from trainer.models import (
    Interview,
    InterviewTask,
    Problem,
    ProblemVersion,
    Purpose,
    Report,
    ReportKind,
    Star,
    Submission,
    SubmissionStatus,
    Upload,
    User,
)
from trainer.services import search, troubles
from trainer.services.catalogue import Filters
from trainer.services.interviews import sitting
from trainer.services.paging import PAGE
from trainer.services.problem_list import SORTS, find, groups, listed, page
from trainer.services.search import Asked

FRONTEND = Path(__file__).parents[3] / "trainer" / "frontend" / "src"
COPIES = 120
LEVELS = ("easy", "medium", "hard")


@pytest.fixture
def many(app: Flask, published: None) -> list[str]:
    """120 more problems of all levels: copies of one version's row."""
    with app.app_context(), db.writing() as session:
        version = session.scalars(sa.select(ProblemVersion).where(ProblemVersion.title == "Double it")).one()
        session.refresh(version, ["files"])
        titles = []
        for n in range(COPIES):
            problem = Problem(slug=f"copy-{n:03}")
            session.add(problem)
            session.flush()
            names = {column.name for column in ProblemVersion.__table__.columns} - {"id"}
            values = {name: getattr(version, name) for name in names} | {
                "problem_id": problem.id,
                "title": f"Copy {n:03}",
                "difficulty": LEVELS[n % 3],
                "topics": ["arrays", "queues"] if n % 2 else ["arrays"],
                "minutes": n % 7 + 1,
                "known_as": ["odd one" if n % 2 else "even one"],
            }
            copy = ProblemVersion(**values)
            session.add(copy)
            session.flush()
            problem.current = copy
            search.put(session, problem, copy, None)
            titles.append(copy.title)
    return titles


def titles_of(visitor: Visitor, path: str) -> list[str]:
    return re.findall(r'<a class="t" href="[^"]+">([^<]+)</a>', visitor.get(path).text)


def link(text: str, rel: str) -> str | None:
    found = re.search(rf'<a class="btn" href="([^"]+)" rel="{rel}">', text)
    return unescape(found[1]) if found else None


def walk(visitor: Visitor, path: str | None) -> list[list[str]]:
    """The titles of all pages, from link to link."""
    pages = []
    while path:
        pages.append(titles_of(visitor, path))
        path = link(visitor.get(path).text, "next")
    return pages


@pytest.mark.parametrize("sort", SORTS)
def test_every_problem_stands_on_one_page(visitor: Visitor, many: list[str], sort: str) -> None:
    pages = walk(visitor, f"/problems?sort={sort}")
    assert [len(page) for page in pages] == [PAGE, PAGE, COPIES + 3 - 2 * PAGE]
    found = [title for page in pages for title in page]
    assert len(set(found)) == len(found)
    assert set(many) < set(found)


def test_pages_say_where_one_is_and_keep_the_filters(visitor: Visitor, many: list[str]) -> None:
    answer = visitor.get("/problems?q=odd&difficulty=easy&difficulty=hard&page=1&sort=title")
    assert "Page 1 of" not in text_of(answer)  # forty of them fit
    answer = visitor.get("/problems?topic=arrays&difficulty=easy&difficulty=hard&sort=title&page=2")
    assert "Page 2 of 2" in text_of(answer)
    assert "82 problems" in text_of(answer)
    assert link(answer.text, "prev") == "/problems?topic=arrays&difficulty=easy&difficulty=hard&sort=title"
    assert link(answer.text, "next") is None


@pytest.mark.parametrize("page", ["0", "-1", "x", "٣", "", "1.5", "9" * 30])
def test_nonsense_is_the_first_page(visitor: Visitor, many: list[str], page: str) -> None:
    assert "Page 1 of 3" in text_of(visitor.get("/problems", query_string={"page": page}))


def test_beyond_the_last_page_there_is_a_way_back(visitor: Visitor, many: list[str]) -> None:
    answer = visitor.get("/problems?page=9&sort=title")
    assert "There is no page 9" in text_of(answer)
    assert 'href="/problems?sort=title&amp;page=3"' in answer.text


def test_counts_are_of_all_pages(visitor: Visitor, many: list[str]) -> None:
    text = text_of(visitor.get("/problems?topic=queues&page=2"))
    assert "61 problems" in text
    for words in ("Easy 20", "Medium 21", "Hard 20", f"Arrays {COPIES + 2}"):
        assert words in text


@pytest.mark.parametrize(
    "filters",
    [
        Filters(topics=frozenset({"queues"})),
        Filters(topics=frozenset({"queues", "sliding-window"}), difficulties=frozenset({"medium"})),
        Filters(topics=frozenset({"que"})),
        Filters(topics=frozenset({'a"b', "a%b", "a_rays"})),
        Filters(states=frozenset({"accepted"})),
        Filters(states=frozenset({"new"}), asked=Asked.of("copy")),
        Filters(states=frozenset({"tried", "accepted"}), difficulties=frozenset({"easy"})),
        Filters(labels=frozenset({"function"}), starred=True),
        Filters(labels=frozenset({"class"})),
        Filters(asked=Asked.of("odd copy")),
        Filters(asked=Asked.of("100%")),
    ],
    ids=map(str, range(11)),
)
def test_the_database_filters_as_the_facets_count(
    app: Flask, student: Visitor, many: list[str], filters: Filters
) -> None:
    with app.app_context(), db.writing() as session:
        user = session.scalars(sa.select(User)).one()
        problems = session.scalars(sa.select(Problem).order_by(Problem.id)).all()
        for n, verdict in enumerate(["accepted", "wrong answer", "judge error"]):
            send(session, user, problems[3 + n], verdict)
        session.add(Star(user_id=user.id, problem_id=problems[3].id, starred_at=now()))
        session.flush()
        found = listed(session, user.id, filters)
        counted = sum(group.count for group in groups(find(session, user.id, filters.asked)) if group.matches(filters))
    assert found.total == counted
    assert len(found.items) == min(counted, PAGE)


def send(session: sa.orm.Session, user: User, problem: Problem, verdict: str) -> None:
    session.add(
        Submission(
            user_id=user.id, problem_id=problem.id, version_id=problem.current_id, purpose=Purpose.SUBMIT,
            own_inputs=[], language="python", source="x", created_at=now(), status=SubmissionStatus.JUDGED,
            verdict=verdict,
        )
    )  # fmt: skip
    session.flush()


def test_a_page_takes_few_statements_and_no_whole_table(app: Flask, student: Visitor, many: list[str]) -> None:
    """What is asked of the database does not grow with the problems."""
    with app.app_context():
        for asked, most in ((Asked(), 6), (Asked.of("odd copy"), 7)):
            with db.reading() as session, heard(db.engine) as statements:
                found = find(session, 1, asked)
                assert len(page(session, found, Filters(asked=asked)).items) == PAGE
                assert groups(found)
            assert 0 < len(statements) <= most
            assert not any("content" in one.text or "files" in one.text for one in statements)


# The mentors' page


def test_published_problems_come_in_pages(mentor: Visitor, many: list[str]) -> None:
    pages = walk(mentor, "/mentor")
    assert [len(page) for page in pages] == [PAGE, PAGE, COPIES + 3 - 2 * PAGE]
    assert f"Published problems {COPIES + 3}" in text_of(mentor.get("/mentor"))


def test_uploads_come_in_pages_of_their_own(app: Flask, mentor: Visitor) -> None:
    data = to_zip(make_package("sent"))
    with app.app_context(), db.writing() as session:
        user = session.scalars(sa.select(User)).one()
        for n in range(60):
            session.add(
                Upload(user_id=user.id, slug="sent", title=f"Sent {n:02}", digest="d", files=data, created_at=now())
            )
    first = mentor.get("/mentor")
    assert "Page 1 of 2" in text_of(first)
    assert "Uploads 60" in text_of(first)
    second = link(first.text, "next")
    assert second == "/mentor?uploads=2#uploads-title"
    assert "Sent 09" in titles_of(mentor, second)
    assert "Sent 10" not in titles_of(mentor, second)


def test_reports_come_in_pages(app: Flask, mentor: Visitor) -> None:
    with app.app_context(), db.writing() as session:
        user = session.scalars(sa.select(User)).one()
        problem = session.scalars(sa.select(Problem)).first()
        assert problem is not None
        for n in range(PAGE + 1):
            session.add(
                Report(
                    user_id=user.id, problem_id=problem.id, version_id=problem.current_id, kind=ReportKind.STATEMENT,
                    text=f"number {n}", created_at=now(),
                )
            )  # fmt: skip
    assert f"{PAGE + 1} reports" in text_of(mentor.get("/mentor"))
    first = mentor.get("/mentor/reports")
    assert "Page 1 of 2" in text_of(first)
    assert "number 0" not in text_of(first)
    assert "number 0" in text_of(mentor.get(link(first.text, "next") or ""))


def test_what_is_given_up_is_told_to_mentors(mentor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Given up" not in text_of(mentor.get("/mentor"))
    monkeypatch.setattr(
        troubles, "listed", lambda _: [troubles.Trouble("Hidden data of <b>", "The generator stopped.")]
    )
    assert "Given up after several attempts Hidden data of <b>. The generator stopped." in text_of(
        mentor.get("/mentor")
    )


# Interviews, and the API


@pytest.fixture
def sat(app: Flask, student: Visitor) -> int:
    """How many interviews the student has behind them."""
    with app.app_context(), db.writing() as session:
        user = session.scalars(sa.select(User)).one()
        first = sitting.start(session, user, "live-10", small_interviews(), seed=1)
        sitting.hand_in(session, first)
        columns = ("user_id", "format_id", "format", "seed", "factor", "demo", "started_at", "bell_at", "closed_at")
        values = {name: getattr(first, name) for name in columns}
        for n in range(60):
            task = InterviewTask(number=1, question=OFFERED.questions[0].as_json())
            own = {"started_at": first.started_at - timedelta(days=n), "format": TALK.as_json(), "tasks": [task]}
            session.add(Interview(**values | own))
    return 61


OFFERED = small_interviews()
TALK = OFFERED.find("talk-10")
assert TALK is not None


def test_interviews_come_in_pages(student: Visitor, sat: int) -> None:
    assert [len(page) for page in walk(student, "/interviews")] == [PAGE, sat - PAGE]


def follow(student: Visitor, path: str, key: str) -> list[int]:
    sizes, found = [], []
    address: str | None = path
    while address:
        body = student.get(address).json
        assert body is not None
        sizes.append(len(body[key]))
        found += [str(one) for one in body[key]]
        address = body["next"]
    assert len(set(found)) == len(found)
    return sizes


def test_the_api_lists_problems_in_pages(student: Visitor, many: list[str]) -> None:
    assert follow(student, "/api/v1/problems", "problems") == [PAGE, PAGE, COPIES + 3 - 2 * PAGE]
    body = student.get("/api/v1/problems?topic=queues&difficulty=easy&difficulty=hard").json
    assert body is not None
    assert (body["total"], body["next"]) == (40, None)
    body = student.get("/api/v1/problems?q=copy&topic=arrays&difficulty=easy&difficulty=hard").json
    assert body is not None
    assert body["next"] == "/api/v1/problems?q=copy&topic=arrays&difficulty=easy&difficulty=hard&page=2"
    assert student.get("/api/v1/problems?page=0").status_code == 422


def test_the_api_lists_interviews_in_pages(student: Visitor, sat: int) -> None:
    assert follow(student, "/api/v1/interviews", "interviews") == [PAGE, sat - PAGE]


def test_the_api_lists_submissions_in_pages(app: Flask, student: Visitor, make_visitor: Callable[..., Visitor]) -> None:
    with app.app_context(), db.writing() as session:
        user = session.scalars(sa.select(User)).one()
        problem = session.scalars(sa.select(Problem).where(Problem.slug == "double")).one()
        for _ in range(2 * PAGE):
            send(session, user, problem, "accepted")
    assert follow(student, "/api/v1/submissions", "submissions") == [PAGE, PAGE]
    assert follow(student, "/api/v1/submissions?problem=double", "submissions") == [PAGE, PAGE]
    assert follow(make_visitor("other@example.org"), "/api/v1/submissions", "submissions") == [0]


def test_the_finder_marks_entries_with_the_icons_of_pages(app: Flask, student: Visitor) -> None:
    with app.app_context(), db.writing() as session:
        for other in (make_service(), make_debug(), make_quiz()):
            publish_package(session, other)
    body = student.get("/api/v1/problems").json
    assert body is not None
    source = (FRONTEND / "lib" / "finder.ts").read_text(encoding="utf-8")
    table = re.search(r"const ICONS.*?= \{(.*?)\}", source)
    assert table is not None
    marks = dict(re.findall(r'(\w+): "(\w+)"', table[1]))
    icons = {one["slug"]: marks.get(one["label"], "code") for one in body["problems"]}
    assert icons == {
        "double": "code",
        "window": "code",
        "first-steps": "code",
        make_service().slug: "service",
        make_debug().slug: "debug",
        make_quiz().slug: "talk",
    }
    assert {label: marks.get(label, "code") for label in get_args(Label)} == {
        label: icon_of(label) for label in get_args(Label)
    }


# Attempts at one problem


@pytest.fixture
def tried(app: Flask, student: Visitor) -> int:
    """A student who has submitted to one problem more often than two pages hold."""
    with app.app_context(), db.writing() as session:
        user = session.scalars(sa.select(User)).one()
        problem = session.scalars(sa.select(Problem).where(Problem.slug == "double")).one()
        for _ in range(2 * PAGE + 1):
            send(session, user, problem, "wrong answer")
    return 2 * PAGE + 1


def numbers_of(text: str) -> list[int]:
    return [int(number) for number in re.findall(r'<span class="no">(\d+)</span>', text)]


def test_every_attempt_is_reached(student: Visitor, tried: int) -> None:
    page = student.get("/problems/double?tab=attempts")
    assert numbers_of(page.text) == list(range(tried, tried - PAGE, -1))
    assert f'<a href="/problems/double/attempts">All {tried} attempts</a>' in page.text
    address: str | None = "/problems/double/attempts"
    found: list[int] = []
    while address:
        text = student.get(address).text
        found += numbers_of(text)
        address = link(text, "next")
    assert found == list(range(tried, 0, -1))


def test_a_verdict_counts_all_attempts_not_those_of_a_page(
    student: Visitor, tried: int, submit: Callable[..., int]
) -> None:
    number = submit(student, "# answers 7\n")
    text = student.get(f"/submissions/{number}/result", fragment=True).text
    assert f'<div data-replace="attempts-count">{tried + 1}</div>' in text


def test_beyond_the_last_page_of_attempts_there_is_a_way_back(student: Visitor, tried: int) -> None:
    answer = student.get("/problems/double/attempts?page=9")
    assert "There is no page 9" in text_of(answer)
    assert 'href="/problems/double/attempts?page=3"' in answer.text


def test_who_has_sent_nothing_reads_what_will_stand_there(student: Visitor) -> None:
    answer = student.get("/problems/double/attempts")
    assert "0 attempts" in text_of(answer)
    assert "Every submission stays here" in text_of(answer)
    assert "All 0 attempts" not in student.get("/problems/double?tab=attempts").text


def test_the_api_lists_tries_in_pages(student: Visitor, tried: int) -> None:
    assert follow(student, "/api/v1/problems/double/tries", "tries") == [PAGE, PAGE, 1]
