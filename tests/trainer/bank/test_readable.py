"""Everything that an author writes can be read on the page, or the package is refused where it cannot."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trainer.bank.packages import changed, flaws
from trainer.bank.flaws import Flaws
from trainer.bank.markdown import render, render_inline, render_short
from trainer.bank.readable import check_markdown, look_alike

SHOWN = [
    "List<String>",
    "Map<String, List<Integer>>",
    "a<b && c>d",
    "a<b>c",
    "<T>",
    "<->",
    "<=>",
    "x <- y",
    "a < b > c",
    "<b>bold</b>",
    "<a href='https://example.org'>link</a>",
    '<div class="x">\ninside\n</div>',
    "<div>",
    "</div>",
    "<p>\n\n<p>",
    "<script>alert(1)</script>",
    "<style>p {}</style>",
    "<![CDATA[text]]>",
    "<?xml version='1.0'?>",
    "<!DOCTYPE html>",
    "<!-- words -->",
    "<input name=user>",
    "<your-name>@<host>",
    "<user@host>",
    "curl <URL> > out.txt",
    "std::vector<int> v",
    "Vec<u8>::new()",
    "<sub>",
    "<br",
    "2<sub>3",
    "AT&T",
    "a & b",
    "?a=1&copy=2",
    "&nosuch;",
    "<unclosed and more words",
    "\\<T>",
    "#1 of 3",
    "#include <stdio.h>",
    "C#",
    "![alt](https://example.org/picture.png)",
]


def visible(text: str) -> str:
    return render(text).striptags()


@pytest.mark.parametrize("text", SHOWN)
@pytest.mark.parametrize("around", ["{}", "- {}", "> {}", "**{}**", "| a |\n|---|\n| {} |", "### {}", "1. x\n   - {}"])
def test_angle_brackets_and_signs_are_text(text: str, around: str) -> None:
    if "\n" in text and around != "{}":
        text = text.replace("\n", " ")
    shown = "".join(visible(around.format(text)).split())
    assert "".join(text.replace("\\<", "<").split()) in shown


@pytest.mark.parametrize("text", SHOWN)
def test_no_text_of_a_question_loses_them_either(text: str) -> None:
    for html in (render_inline(text), render_short(text)):
        assert "".join(text.replace("\\<", "<").split()) in "".join(html.striptags().split())


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("H<sub>2</sub>O", "<p>H<sub>2</sub>O</p>"),
        ("2<sup>*n*</sup>", "<p>2<sup><em>n</em></sup></p>"),
        ("<kbd>Ctrl</kbd>", "<p><kbd>Ctrl</kbd></p>"),
        ("a<br>b<br/>c", "<p>a<br>\nb<br>\nc</p>"),
        ("&lt;T&gt; &amp; &copy;", "<p>&lt;T&gt; &amp; ©</p>"),
        ("# C#", "<h3>C#</h3>"),
        ("## Two ##", "<h3>Two</h3>"),
        ("`<T>`", "<p><code>&lt;T&gt;</code></p>"),
    ],
)
def test_what_is_markup_stays_markup(text: str, html: str) -> None:
    assert render(text) == html


WORDS = st.sampled_from(
    ["alpha", "beta", "List<gamma>", "<delta>", "a<b", "x>y", "<!--", "-->", "&lt;", "<sub>", "</sub>", "`code`",
     "*it*", "**bold**", "|", "\n", "\n\n", "\n- ", "\n  - ", "\n1. ", "\n> ", "\n### ", "\n```\n", "$5", "$x$",
     "[link](/to)", "![img](/x)", "<br>", "<div>", "</div>", "<script>", "</script>", "<a href='/q'>", "\\", "#tag",
     "~~~", "<https://h.example>"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=14))
def test_every_word_is_shown_or_refused(parts: list[str]) -> None:
    text = " ".join(parts)
    check_markdown(text, "problem.md", found := Flaws("example"))
    shown = str(render(text))
    lost = [word for word in re.findall(r"alpha|beta|gamma|delta|script|href", text) if word not in shown]
    assert not lost or found.found


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("fine\n\n| a | b |\n|---|---|\n| c | d | lost |", 5, "'lost' is not shown"),
        ("lost\n\n| a | b |\n|---|---|\n| c | d | lost |", 5, "'lost' is not shown"),
        ("[a link](javascript:alert)", 1, "'javascript' is not shown"),
        ("[a link](other.html)", 1, "'other' is not shown"),
        ("fine\n\n[note]: https://example.org/never-used", 3, "is not shown"),
        ("fine\n\n<!-- for mentors -->", 3, "a comment is shown"),
        ("fine\n\n![a picture](https://example.org/a.png)", 3, "images are not shown"),
        ("1. a\n  - b", 2, "looks like an item"),
        ("fine\n\nIt takes 2*n*m steps.", 3, "is emphasis"),
        ("fine\n\nIt takes 5*n and 3*m steps.", 3, "is emphasis"),
        ("fine\n\nDefine __init__ first.", 3, "__init__ is shown without"),
    ],
)
def test_what_would_not_be_shown_is_refused_with_its_line(text: str, line: int, said: str) -> None:
    check_markdown(text, "problem.md", found := Flaws("example"))
    assert any(flaw.key == f"line {line}" and said in flaw.problem for flaw in found.found), found.found


@pytest.mark.parametrize(
    "text",
    [
        "`<!-- code -->`, `![x](y)`",
        "```html\n<!-- code --> <div>words</div>\n```",
        "See [the docs][1].\n\n[1]: https://example.org/docs",
        "| a |\n|:--|\n| `x` |",
        "$n \\log n$ and $$\n\\sum_{i=1}^{n} i\n$$",
        "caf&eacute; &lt;T&gt; `&lt;`",
        "~~~python title\nx\n~~~",
        "3. three\n4. four",
        "foo\\_bar, *it*, **bold**, H<sub>2</sub>O, snake_case_name, 2 * 3 * 4",
        "`__init__` and `a*b*c`, 2\\*n\\*m, __all of it__, **init**",
        "### C# ###",
        "```check-yourself\nname: a\n```",
    ],
)
def test_what_is_shown_is_not_refused(text: str) -> None:
    check_markdown(text, "problem.md", found := Flaws("example"))
    assert found.found == []


def test_a_version_that_was_published_before_is_not_judged_anew() -> None:
    check_markdown("<!-- x -->", "problem.md", found := Flaws("example", published=True))
    assert found.found == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("List", "`List`"),
        ("**List**", "List"),
        ("a  b", "a b"),
        ("caf\u00e9", "cafe\u0301"),
        ("a\u200bb", "ab"),
        ("a\u00a0b", "a b"),
        ("[x](/a)", "[x](/b)"),
        ("&lt;T&gt;", "<T>"),
    ],
)
def test_texts_that_look_alike_are_found(one: str, other: str) -> None:
    assert list(look_alike([one, "another", other])) == [(one, other)]


@pytest.mark.parametrize(
    ("one", "other"),
    [("List<String>", "List<Integer>"), ("x<sup>2</sup>", "x2"), ("$x^2$", "$x_2$"), ("a", "A"), ("`\\d`", "`d`")],
)
def test_texts_that_can_be_told_apart_are_fine(one: str, other: str) -> None:
    assert list(look_alike([one, other])) == []


@pytest.mark.parametrize("file", ["problem.md", "hints.md", "solution.md"])
def test_a_package_is_refused_with_file_and_line(file: str) -> None:
    old = {"problem.md": "A row of **at most**", "hints.md": "Walk through", "solution.md": "Keep the length"}[file]
    found = flaws(changed(file, old, f"<!-- seen -->\n\n{old}"))
    wanted = 1 + changed(file, old, f"<!-- seen -->\n\n{old}")[file].decode().split("<!-- seen")[0].count("\n")
    assert [(flaw.file, flaw.key) for flaw in found] == [(file, f"line {wanted}")]
