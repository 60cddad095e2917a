"""Packages of quizzes: what is read, what is refused, and what their check asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from tests.factories import QUESTIONS, make_quiz
from tests.trainer.bank.packages import InProcess
from trainer.bank.check import CheckReport, check
from trainer.bank.markdown import render
from trainer.bank.package import read_package
from trainer.bank.problem import Problem
from trainer.bank.questions import QuestionType
from trainer.errors import Flaw, PackageError

SLUG = "small-quiz"
NAMES = [
    "what a created thing answers", "what may be sent twice", "from request to answer", "who says what",
    "the header with the address", "how long it waits",
]  # fmt: skip


def read(**files: str | None) -> Problem:
    found = dict(make_quiz(SLUG).files) | {path: text.encode() for path, text in files.items() if text is not None}
    return read_package({path: data for path, data in found.items() if files.get(path, "") is not None}, SLUG)


def flaws(**files: str | None) -> list[Flaw]:
    with pytest.raises(PackageError) as refused:
        read(**files)
    return list(refused.value.flaws)


def test_each_question_is_a_hidden_case() -> None:
    problem = read()
    assert [question.name for question in problem.questions] == NAMES
    assert [case.name for case in problem.secrets] == NAMES
    assert {question.type for question in problem.questions} == set(QuestionType)
    assert (problem.languages, problem.signature, problem.samples, problem.submissions) == (("answers",), None, (), ())


def test_the_solution_is_made_of_the_questions() -> None:
    solution = read().solution
    assert "## 1. What a created thing answers" in solution
    for answer in ("**Right:** `201 Created`", "nobody is signed in → `401`", "**Location**", "**17.5 seconds**"):
        assert answer in solution


@pytest.mark.parametrize(
    ("files", "file", "key", "problem", "fix"),
    [
        ({"questions.yaml": None}, "questions.yaml", "", "is missing", "problems/README.md"),
        ({"questions.yaml": "{}"}, "questions.yaml", "", "holds no list of questions", "1 to 40"),
        ({"questions.yaml": "- [x]"}, "questions.yaml", "question 1", "is no question", "name"),
        ({"questions.yaml": QUESTIONS * 2}, "questions.yaml", "who says what", "name of two questions", "each one"),
        ({"questions.yaml": QUESTIONS.replace("tolerance", "x").replace("unit:", "unti:")}, "questions.yaml",
         "question 6: unti", "unknown key", "did you mean 'unit'?"),
        ({"questions.yaml": "- name: [x"}, "questions.yaml", "line 2", "expected", "quotes"),
        ({"hints.md": "## Why?\n\nSo."}, "hints.md", "", "is no file of a package", "known: "),
        ({"submissions/accepted/a.py": "pass"}, "submissions/accepted/a.py", "", "is no file of a package", ""),
        ({"problem.md": "---\ntitle: x\nkind: quiz\ndifficulty: easy\ntopics: [http]\nminutes: 4\nwarm_up: true\n"
          "---\n\nAsk.\n"}, "problem.md", "warm_up", "stands in a quiz", "a warm-up is a function"),
    ],
)  # fmt: skip
def test_a_flaw_is_named_with_its_fix(
    files: Mapping[str, str | None], file: str, key: str, problem: str, fix: str
) -> None:
    found = flaws(**files)
    assert any(f.file == file and f.key.startswith(key) and problem in f.problem and fix in f.fix for f in found), found


@pytest.mark.parametrize(
    ("old", "new", "key", "problem"),
    [
        ('"`200 OK`"', '"201 Created"', "question 1: choices", "look alike"),
        ('"`200 OK`"', '"**`201 Created`**"', "question 1: choices", "look alike"),
        ('right: "`403`"', 'right: "401"', "question 4: pairs", "look alike"),
        ("left: signed in, but not allowed", 'left: "*nobody* is signed in"', "question 4: pairs", "look alike"),
        ("the request arrives, the handler runs", '"a", "`a`"', "question 3: items", "look alike"),
        ("why: It says less than it could.", 'why: "![this](/a.png)"', "question 1: choices[2].why", "images are not"),
        ("why: Gone is gone.", 'why: "Gone <!-- is --> gone."', "question 2: choices[3].why", "comment"),
        ("answer: 17.5", "answer: 0644", "line", "0644 is read as 420"),
        ("answer: 17.5", "answer: 12:30", "line", "12:30 is read as 750"),
        ("answer: 17.5", "answer: .inf", "question 6: answer", "finite"),
        ("answer: 17.5", "answer: 1e3", "line", "looks like a number"),
        ("text: \"`200 OK`\"", "text: 200", "question 1: choices[2].text", "200 is no text"),
        ("text: \"`200 OK`\"", "text: 1.10", "question 1: choices[2].text", "1.1 is no text"),
        ("text: \"`200 OK`\"", "text: 2025-03-14", "question 1: choices[2].text", "2025-03-14 is no text"),
        ("text: \"`200 OK`\"", "text: yes", "line", "yes is read as true"),
        ("why: It names what there is now.", "why: It is answer #1 of them.", "line", "'#1 of them.'"),
    ],
)  # fmt: skip
def test_what_would_not_be_read_as_it_is_written_is_refused(old: str, new: str, key: str, problem: str) -> None:
    assert old in QUESTIONS
    found = flaws(**{"questions.yaml": QUESTIONS.replace(old, new)})
    assert any(f.file == "questions.yaml" and key in f.key and problem in f.problem + f.fix for f in found), found


def test_choices_in_angle_brackets_are_told_apart() -> None:
    text = QUESTIONS.replace('"`201 Created`"', '"List<String>"').replace('"`200 OK`"', '"List<Integer>"')
    page = render(read(**{"questions.yaml": text}).solution).striptags()
    assert "Right: List<String>" in page
    assert "Wrong: List<Integer>" in page


def test_the_solution_shows_plain_words_as_they_are() -> None:
    text = QUESTIONS.replace("the header with the address", "who is `*this*` or <T>")
    text = text.replace("accept: [Location", "accept: [__init__ <T> &lt;, Location")
    page = render(read(**{"questions.yaml": text}).solution).striptags()
    assert "5. Who is `*this*` or <T>" in page
    assert "__init__ <T> &lt;" in page


def test_code_can_be_a_choice() -> None:
    text = QUESTIONS.replace('text: "`200 OK`"', "text: |\n        ```sql\n        SELECT 1\n        ```")
    assert '<pre class="code"' in render(read(**{"questions.yaml": text}).solution)


def report(questions: str = QUESTIONS) -> CheckReport:
    return check(make_quiz(SLUG, questions=questions), InProcess(), topics=["http"])


def bad(questions: str) -> Iterator[tuple[str, str]]:
    return ((f.rule, f.message) for f in report(questions).findings if not f.ok and not f.advice)


def test_a_good_quiz_passes_its_check() -> None:
    done = report()
    assert done.passed
    assert {finding.rule for finding in done.findings} == {
        "package",
        "data",
        "cases",
        "markdown",
        "questions",
        "chance",
    }


def test_few_questions_are_refused() -> None:
    one = QUESTIONS.partition("- name: what may be sent twice")[0]
    assert list(bad(one)) == [("cases", "1 hidden case; at least 3 are wanted: add some")]


def test_a_text_that_would_take_minutes_is_refused() -> None:
    text = '"' + "[" * 2000 + '"'
    found = dict(bad(QUESTIONS.replace("It says less than it could.", text)))
    assert set(found) == {"markdown", "questions"}
    assert "‘what a created thing answers’ cannot become a page: line 1: this paragraph" in found["questions"]


def test_a_right_choice_that_is_by_far_the_longest_is_advice_and_then_a_fault() -> None:
    single = QUESTIONS.partition("- name: what may be sent twice")[0]
    telling = single.replace("`201 Created`", "`201 Created`, because something is new and has an address")
    again = telling.replace("what a created thing answers", "and what another one answers")
    rest = QUESTIONS.removeprefix(single)
    assert list(bad(telling + rest)) == []
    advice = [f.message for f in report(telling + rest).findings if f.advice]
    assert advice == ["the right choice is by far the longest in ‘what a created thing answers’: shorten it"]
    ((rule, message),) = bad(telling + again + rest)
    assert rule == "chance"
    assert "‘what a created thing answers’, ‘and what another one answers’" in message
