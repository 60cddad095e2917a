"""Questions inside a text become rows that open without a script, and nothing in them can act."""

from __future__ import annotations

import pytest
import yaml

from tests.trainer.bank.packages import changed, flaws, read
from tests.trainer.bank.test_markdown import ATTACKS, assert_harmless
from tests.trainer.bank.test_questions import MATCH, MULTIPLE, NUMBER, ORDER, SINGLE, TEXT
from trainer.bank.markdown import fenced, is_readable, render


def block(question: object, fence: str = "```") -> str:
    return f"{fence}check-yourself\n{yaml.safe_dump(question, allow_unicode=True)}{fence}\n"


def test_each_choice_opens_and_says_whether_it_is_right_and_why() -> None:
    html = render(block(SINGLE))
    assert '<div class="check-yourself" role="group" aria-label="Check yourself: One">' in html
    assert '<details><summary>a</summary><p><strong class="right">Right.</strong> because</p></details>' in html
    assert '<details><summary>b</summary><p><strong class="wrong">Wrong.</strong> not this</p></details>' in html
    assert html.count("<details>") == 3
    assert "open" not in html


def test_several_may_be_right_is_said() -> None:
    assert "Several may be right." in render(block(MULTIPLE))
    assert "Several may be right." not in render(block(SINGLE))


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        (ORDER, "<ol><li>a</li><li>b</li><li>c</li></ol>"),
        (MATCH, "l → r"),
        (TEXT, "<strong>Location</strong>"),
        (NUMBER, "<strong>17.5 seconds</strong>"),
        (NUMBER | {"wrong": [{"answer": 5, "why": "That is less."}]}, "<strong>Not 5.</strong> That is less."),
    ],
)
def test_the_answer_of_other_types_opens(question: dict[str, object], shown: str) -> None:
    before, after = render(block(question)).split("<details><summary>Show the answer</summary>")
    assert shown in after
    assert shown not in before


def test_items_are_listed_in_another_order_before() -> None:
    before, _, _ = render(block(ORDER)).partition("<details>")
    listed = [item.partition("</li>")[0] for item in before.split("<li>")[1:]]
    assert sorted(listed) == ["a", "b", "c"]
    assert listed != ["a", "b", "c"]


def test_markdown_inside_is_rendered_and_code_is_numbered_with_the_rest() -> None:
    ask = "Look:\n\n```python\nx = 1\n```\n\nWhich `x`?"
    html = render("```sql\nSELECT 1\n```\n\n" + block(SINGLE | {"ask": ask}, "````"), "Solution")
    assert 'aria-label="Solution 2"><span class="n">x</span>' in html
    assert "Which <code>x</code>?" in html


def test_a_block_may_stand_in_a_list() -> None:
    inside = "\n".join(f"    {line}" for line in block(SINGLE).splitlines())
    assert "<li>" in render(f"- item\n\n{inside}\n")
    assert render(f"- item\n\n{inside}\n").count("<details>") == 3


@pytest.mark.parametrize("text", ["name: [", "- 1", "name: x", "", "&a [*a]"])
def test_a_broken_block_is_shown_as_it_is(text: str) -> None:
    html = render(f"```check-yourself\n{text}\n```")
    assert "<details>" not in html
    assert '<pre class="code"' in html


@pytest.mark.parametrize("text", ATTACKS)
def test_nothing_inside_can_act(text: str) -> None:
    choices = [{"text": text, "why": text, "right": True}, {"text": "b", "why": text}]
    for question in (
        SINGLE | {"ask": text, "choices": choices},
        ORDER | {"ask": text, "items": [text, "b", "c"], "why": text},
        MATCH | {"pairs": [{"left": text, "right": text, "why": text}, {"left": "m", "right": "s", "why": text}]},
        NUMBER | {"why": text, "unit": text[:20]},
    ):
        assert_harmless(render(block(question, "`" * 12)))
    assert_harmless(render(f"```check-yourself\n{text}\n```"))


def test_names_cannot_break_out_of_their_attribute() -> None:
    html = render(block(SINGLE | {"name": '"><b>x</b>'}))
    assert 'aria-label="Check yourself: &quot;&gt;' in html
    assert_harmless(html)
    assert "<b>" not in html


@pytest.mark.parametrize(("depth", "readable"), [(2, True), (12, False)])
def test_questions_within_questions_end(depth: int, readable: bool) -> None:
    text = block(SINGLE)
    for ticks in range(4, 4 + depth):
        text = block(SINGLE | {"ask": text}, "`" * ticks)
    assert is_readable(text) == readable
    assert_harmless(render(text))


def test_only_blocks_of_the_text_are_found() -> None:
    text = f"{block(SINGLE)}\n```python\nx\n```\n\n````text\n{block(ORDER)}````\n"
    assert len(fenced(text, "check-yourself")) == 1


@pytest.mark.parametrize(
    ("file", "after"),
    [
        ("problem.md", "A row of **at most**"),
        ("hints.md", "Walk through the checks once."),
        ("solution.md", "Keep the length of the row"),
    ],
)
def test_a_package_with_a_broken_block_is_refused_with_its_place(file: str, after: str) -> None:
    good, broken = block(SINGLE), block(SINGLE | {"choices": [{"text": "a", "why": "w"}, {"text": "b"}]})
    found = flaws(changed(file, after, f"{good}\n{broken}\n{after}"))
    assert [(f.file, f.key, f.problem, f.fix) for f in found] == [
        (file, "check-yourself 2: choices[2].why", "is missing", "add 'why: …'")
    ]
    assert read(changed(file, after, f"{good}\n{after}"))


def test_yaml_that_cannot_be_read_is_named_by_its_line() -> None:
    after = "A row of **at most**"
    (flaw,) = flaws(changed("problem.md", after, f"```check-yourself\nname: one\nask: [\n```\n\n{after}"))
    assert flaw.key.startswith("check-yourself 1: line ")
