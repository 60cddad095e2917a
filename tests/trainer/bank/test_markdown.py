"""Markdown becomes the HTML that the pages' stylesheet knows, and nothing in it can act."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from tests.cpu import least_cpu_s
from trainer.bank.markdown import is_readable, render, render_inline
from trainer.bank.markdown_bounds import HIGHLIGHTED, LONGEST, LONGEST_CODE, LONGEST_LINE, excess, is_highlighted

ACTING = {
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "svg",
    "form",
    "input",
    "button",
    "base",
    "link",
    "meta",
    "img",
}
QUICK_S = 0.4
SCHEMES = ("http://", "https://", "mailto:", "/", "#")


class Inventory(HTMLParser):
    """Everything that a browser would find in a text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def assert_harmless(html: str) -> None:
    found = Inventory(html)
    assert not found.tags & ACTING
    for name, value in found.attributes:
        assert not name.startswith("on")
        assert name not in {"style", "id", "name", "srcdoc", "xlink:href", "src", "action", "formaction", "target"}
        assert name != "href" or value.startswith(SCHEMES)


ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<p onclick=alert(1) style='position:fixed'>x</p>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&colon;alert(1))",
    "[x](  javascript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x](https://evil/pixel.png)",
    "<a href='java&#10;script:alert(1)'>x</a>",
    "<a href=' &#14; javascript:alert(1)'>x</a>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<style>@import '//evil'</style>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<math href='javascript:alert(1)'><mi>x</mi></math>",
    "<math><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml></math>",
    "<math><maction actiontype='statusline'>x<mtext>javascript:alert(1)</mtext></maction></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='javascript:alert(1)'></object><embed src='javascript:alert(1)'>",
    "<base href='//evil/'><meta http-equiv=refresh content='0;url=//evil'><link rel=stylesheet href=//evil>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<form action=//evil><input name=password><button formaction=javascript:alert(1)>x</button></form>",
    "$\\href{javascript:alert(1)}{x}$",
    "$\\text{<script>alert(1)</script>}$",
    "$\\text{<img src=x onerror=alert(1)>}$",
    "$$\\style{position:fixed}{x}$$",
    "$$\\class{x}{y} \\id{z}{w} <svg/onload=alert(1)>$$",
    "```python onclick=alert(1)\nx\n```",
    "```html\n<script>alert(1)</script>\n```",
    '```"><script>alert(1)</script>\nx\n```',
    '```{.python onclick="alert(1)" id="x"}\nx = 1\n```',
    "    <script>alert(1)</script>",
    "`<script>alert(1)</script>`",
    "# <img src=x onerror=alert(1)>",
    "| a |\n|---|\n| <script>alert(1)</script> |",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "\x02wzxhzdk:0\x03<script>alert(1)</script>",
    "<div id=x name=y><a name=location target=_blank href=//x>y</a></div>",
]


@pytest.mark.parametrize("text", ATTACKS)
def test_nothing_that_an_author_writes_can_act(text: str) -> None:
    assert_harmless(render(text))
    assert_harmless(render_inline(text))
    assert_harmless(render(f"- {text}\n\n> {text}\n\n{text}\n"))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from([*ATTACKS, "$", "`", "```", "<", ">", "*", "\n", "\n\n", "\\", "[", "](", "|"]), max_size=6
    )
)
def test_attacks_that_are_mixed_cannot_act_either(parts: list[str]) -> None:
    assert_harmless(render("".join(parts)))


def test_links_tell_other_sites_nothing() -> None:
    html = render("[docs](https://docs.python.org/3/)")
    assert html == '<p><a href="https://docs.python.org/3/" rel="noopener noreferrer nofollow">docs</a></p>'


def test_the_result_is_safe_for_templates() -> None:
    assert isinstance(render("a"), Markup)
    assert isinstance(render_inline("a"), Markup)


def test_a_label_cannot_break_out() -> None:
    assert 'aria-label="&quot;&gt;&lt;b&gt;"' in render("```\nx\n```", '"><b>')


def test_code_is_highlighted_in_the_shape_that_the_stylesheet_knows() -> None:
    html = render("```python\nallowed([0], limit=2)\n# [True]\n```")
    assert html.startswith('<pre class="code" tabindex="0" role="region" aria-label="Example">')
    assert '<span class="mi">2</span>' in html
    assert '<span class="c1"># [True]</span>' in html


def test_each_code_block_has_a_name_of_its_own() -> None:
    html = render(
        "```python\na\n```\n\ntext\n\n    indented\n\n- item\n\n    ```\n    in a list\n    ```\n", "Solution"
    )
    assert sorted(re.findall('aria-label="([^"]+)"', html)) == ["Solution", "Solution 2", "Solution 3"]
    assert html.count('class="code"') == 3


def test_a_block_of_no_known_language_is_plain() -> None:
    assert "   /   \\" in render("```\n   /   \\\n```")
    assert "<b>" not in render("```klingon\n<b>\n```")


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("### Example\n\n### Limits", [3, 3]),
        ("## Approach 1\n\n### Why\n\n## Approach 2", [3, 4, 3]),
        ("# A\n\n##### B\n\n### C", [3, 5, 4]),
        ("###### Deep", [3]),
    ],
)
def test_headings_begin_below_the_pages_heading_and_skip_none(text: str, levels: list[int]) -> None:
    assert [int(level) for level in re.findall(r"<h(\d)>", render(text))] == levels


def test_tables_align_numbers_to_the_right() -> None:
    html = render("| name | ms |\n|------|---:|\n| a | 12 |")
    assert '<table class="table">' in html
    assert '<td class="r">12</td>' in html


def test_tables_move_under_their_own_bar_and_keep_names_whole() -> None:
    table = "| name | sent as |\n|---|---|\n| `assignee` | `{}` |"
    html = render(table.format("x" * 48))
    assert html.count('<div aria-label="Table" class="scroll-x" role="region" tabindex="0"><table class="table">') == 1
    assert "<code>assignee</code>" in html
    assert f"<code>{'x' * 48}</code>" in html
    assert f'<code class="long">{"x" * 49}</code>' in render(table.format("x" * 49))
    assert 'aria-label="Table 2"' in render(f"{table}\n\nand\n\n{table}")


@pytest.mark.parametrize("text", ["$n \\log n$", "\\(n^2\\)", "$a < b$"])
def test_maths_is_rendered_on_the_server(text: str) -> None:
    assert '<math display="inline">' in render(text)


def test_display_maths_stands_alone() -> None:
    assert '<div class="arithmatex"><math display="block">' in render("Sum:\n\n$$\\sum_{i=1}^{n} i$$\n")


@pytest.mark.parametrize("text", ["$\\frac{$", "$$\\begin{matrix} a$$", "$\\left($", "$}{$"])
def test_maths_that_cannot_be_read_is_shown_as_written(text: str) -> None:
    assert re.search(r"<code>.*</code>", render(text)) or "<math" in render(text)


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 today and $7 tomorrow.",
        "Plans cost $5-$10 a month.",
        "Plans cost $5–$10 or $5/$10.",
        "$5, $6 and $7",
        "US$5 and A$6",
        "5$ or 6$ a month",
        "It was 5$-6$ a month.",
        "$HOME/$USER and $PATH:$HOME",
        "$HOME and $USER",
        "$x$y",
        "$x$2",
        "$ x$",
        "$x $",
        "a $ b $ c",
        "\\$x\\$",
        "\\$5 and $6",
        "(US$, AU$ and NZ$)",
        "`$x$`",
        "```\n$x$\n```",
        "| price | most |\n|---|---|\n| $5 | $10 |",
        "<https://example.org/?a=$x&b=$y>",
        "[price](https://example.org/$x)",
        "$1,000-$2,000",
        "**$5**-**$10**",
    ],
)
def test_money_and_names_are_no_maths(text: str) -> None:
    assert "<math" not in render(text)
    assert render(text).count("$") >= text.count("$")


@pytest.mark.parametrize(
    "text",
    [
        "$x$",
        "$x$, $y$.",
        "($n$)",
        "$2n$-th",
        "“$n$”",
        "$a < b$",
        "**$n$**",
        "| $n$ |\n|---|",
        "- $n$",
        "costs \\$5, so $n$",
    ],
)
def test_a_formula_between_dollars_is_maths(text: str) -> None:
    assert "<math" in render(text)


@pytest.mark.parametrize("mark", ["*", "_a", "`", "<b>", "> ", "- ", "```\n", "$$", "|", "&", "<div>\n", "\\"])
def test_marks_without_end_are_harmless(mark: str) -> None:
    assert_harmless(render((mark * 8_000)[: 8 * 1024] + "<script>alert(1)</script>"))


@pytest.mark.parametrize("text", ["[" * 2_000, "![" * 2_000, "[a](" * 2_000, "\\(" * 2_000, "$a" * 2_000, "- " * 2_000])
def test_a_text_that_would_take_minutes_is_shown_as_it_is(text: str) -> None:
    text += "<script>alert(1)</script>"
    assert not is_readable(text)
    assert render(text, "Hint").striptags() == " ".join(text.split())
    assert_harmless(render(text))


def test_quotes_and_dashes_stay_as_typed() -> None:
    assert render("\"a\" 'b' -- c ... d") == "<p>\"a\" 'b' -- c ... d</p>"


def test_inline_text_has_no_paragraph() -> None:
    assert render_inline("The *queue* holds `n`.") == "The <em>queue</em> holds <code>n</code>."


def yardstick() -> float:
    """CPU seconds of reading an ordinary page of 20 KB."""
    page = "Read the *queue* and [look](https://example.org) at `n`, then **go on**.\n\n- one\n- two\n\n" * 230
    started = time.process_time()
    assert is_readable(page)
    return time.process_time() - started


def assert_quick(text: str) -> Markup:
    """It takes no longer than eight ordinary pages. What takes 0.4 s is quick on every machine."""
    made: list[Markup] = []
    took = least_cpu_s(lambda: made.append(render.__wrapped__(text)), QUICK_S)  # not from the cache
    assert took < QUICK_S or took < 8 * yardstick()
    return made[-1]


def many(mark: str) -> str:
    """As much of this as may stand in a text: in lines of all lengths."""
    return "\n".join([mark * 10] * 1400)[:LONGEST]


def fitting(text: str) -> str:
    """The longest beginning that is within the bounds."""
    text = "\n".join(line[:LONGEST_LINE] for line in text.split("\n"))[:LONGEST]
    while excess(text):
        text = text[: len(text) * 9 // 10]
    return text


MARKS = (
    "*", "**a ", "_a ", "__a", "***", "`", "`a", "``a` ", "<", "<a ", "<a>", "</b>", '<x y="', "<!--", "<![CDATA[",
    "<?", "<http://a ", "&", "&a;", "[", "[[", "[a](", "![", "[a]: b\n", "# a\n", "#\n", "***\n", "a\n=\n", "> ", ">",
    "- ", "1. a\n", "- a\nb\n", "|", "`|", "```\n", "```a\n", "~~~\n", "    a\n", "\\", "\\(", "$", "$a ", "$$\n",
    "\\begin{a}", "<div>\n", "\x02", "a  \n", " ",
)  # fmt: skip


@pytest.mark.parametrize("mark", MARKS)
def test_no_marks_take_longer_than_some_pages(mark: str) -> None:
    texts = [fitting((mark * LONGEST)[:LONGEST]), fitting(many(mark)), fitting("\n".join([mark * 2000] * 17))]
    for text in texts:
        assert_harmless(assert_quick(text + "<script>x"))


@pytest.mark.parametrize("language", sorted(HIGHLIGHTED))
def test_no_code_takes_longer_than_some_pages(language: str) -> None:
    for mark in ("[", "(", "{", "<a ", '"', "'", "${", "/*", "- ", '{"a":', "f'{", "<!--", ">>> ", "$ ", "\\"):
        source = (mark * LONGEST_CODE)[:LONGEST_CODE]
        text = f"```{language}\n" + "\n".join(source[at : at + 1900] for at in range(0, 15_000, 1900)) + "\n```"
        assert_quick(text)


@pytest.mark.parametrize("source", ["x" * (LONGEST_CODE + 1), "GET / HTTP/1.1\nContent-Type: text/x-java\n\n[["])
def test_code_of_other_sorts_is_shown_plain(source: str) -> None:
    assert not is_highlighted(source, "http")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a\n" + "b" * 2001, 2, "a line has at most 2,000 characters"),
        ("a\n" * 1600, 1501, "at most 1,500 lines"),
        (("b" * 999 + "\n") * 40, 33, "at most 32,768 characters"),
        ("a\n\n" + ("[" * 100 + "\n") * 20, 3, "too many '['"),
        ("a\n" + "<b> " * 400 + "\n" + ("a" * 1000 + "\n") * 25, 2, "'<' stands more than"),
        ("a\n" + "$a " * 600 + "\n" + "$a " * 600, 3, "'$' stands more than 1,000 times"),
    ],
)
def test_what_is_too_much_is_named_by_its_line(text: str, line: int, words: str) -> None:
    found = excess(text)
    assert found is not None
    assert (found.line, words in found.words) == (line, True), found


def test_lists_and_tags_in_code_are_no_excess() -> None:
    code = "```python\n" + "rows = [[1], [2], [a < b]]\n" * 500 + "```\n"
    assert excess(f"Read this:\n\n{code}") is None
    assert excess(f"~~~\n```\n~~~\n{code}") is not None, "fences of several sorts may hide that it is no code"
