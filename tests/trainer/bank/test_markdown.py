"""Markdown becomes the HTML that the pages' stylesheet knows, and nothing in it can act."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from trainer.bank.markdown import is_readable, render, render_inline

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


@pytest.mark.parametrize("text", ["$n \\log n$", "\\(n^2\\)", "$a < b$"])
def test_maths_is_rendered_on_the_server(text: str) -> None:
    assert '<math display="inline">' in render(text)


def test_display_maths_stands_alone() -> None:
    assert '<div class="arithmatex"><math display="block">' in render("Sum:\n\n$$\\sum_{i=1}^{n} i$$\n")


@pytest.mark.parametrize("text", ["$\\frac{$", "$$\\begin{matrix} a$$", "$\\left($", "$}{$"])
def test_maths_that_cannot_be_read_is_shown_as_written(text: str) -> None:
    assert re.search(r"<code>.*</code>", render(text)) or "<math" in render(text)


def test_prices_are_no_maths() -> None:
    assert "<math" not in render("It costs $5 today and $7 tomorrow.")


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
