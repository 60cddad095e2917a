"""Questions inside a text: a fenced block `check-yourself` holds one, and becomes HTML that opens without a script.

The block is YAML, a question as in questions.yaml. Each choice is a row that opens, says whether it is right, and why.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator

from trainer.bank.flaws import Flaws
from trainer.bank.questions import Question, QuestionType, read_question, shuffled
from trainer.bank.strict_yaml import read_yaml

LANGUAGE = "check-yourself"

Render = Callable[[str], str]
"""Makes HTML of markdown."""


def read_block(text: str, file: str, place: str, flaws: Flaws) -> Question | None:
    """The question in a block, or None with flaws at this place of the file."""
    inside = Flaws(flaws.slug)
    value = read_yaml(text, file, inside)
    for flaw in inside.found:
        flaws.add(file, f"{place}: {flaw.key}".removesuffix(": "), flaw.problem, flaw.fix)
    return None if inside.found else read_question(value, flaws.at(file, place))


def block_html(text: str, render: Render) -> str | None:
    """HTML of a block, or None where it holds no question."""
    question = read_block(text, "", "", Flaws(""))
    if question is None:
        return None
    name = html.escape(question.heading)
    parts = (f"<p><strong>Check yourself</strong> {name}</p>", render(question.ask), *_answers(question, render))
    return f'<div class="check-yourself" role="group" aria-label="Check yourself: {name}">{"".join(parts)}</div>'


def _answers(question: Question, render: Render) -> Iterator[str]:
    match question.type:
        case QuestionType.SINGLE:
            yield from _choices(question, render)
        case QuestionType.MULTIPLE:
            yield "<p>Several may be right.</p>"
            yield from _choices(question, render)
        case QuestionType.ORDER:
            yield _list("ul", (render(item.text) for item in shuffled(question)))
            yield _shown(_list("ol", (render(item.text) for item in question.choices)) + render(question.why))
        case QuestionType.MATCH:
            yield _list("ul", (render(left.text) for left in question.lefts))
            yield "<p>Each goes with one of these:</p>" + _list("ul", (render(c.text) for c in shuffled(question)))
            yield _shown(_list("ul", _pairs(question, render)))
        case _:
            yield _shown(_answer(question) + render(question.why) + _known(question, render))


def _choices(question: Question, render: Render) -> Iterator[str]:
    for choice in shuffled(question):
        mark = "right" if choice.right else "wrong"
        word = f'<strong class="{mark}">{mark.capitalize()}.</strong>'
        yield _details(render(choice.text), _led_by(word, render(choice.why)))


def _pairs(question: Question, render: Render) -> Iterator[str]:
    for left, right in zip(question.lefts, question.choices, strict=False):
        yield f"<p>{bare(render(left.text))} → {bare(render(right.text))}</p>{render(left.why)}"


def _answer(question: Question) -> str:
    answer = question.accept[0] if question.accept else f"{question.answer} {question.unit}".strip()
    return f"<p><strong>{html.escape(answer)}</strong></p>"


def _known(question: Question, render: Render) -> str:
    """What is wrong with answers that are often given."""
    return "".join(_led_by(f"<strong>Not {html.escape(w.answer)}.</strong>", render(w.why)) for w in question.wrong)


def _shown(body: str) -> str:
    return _details("Show the answer", body)


def _details(summary: str, body: str) -> str:
    return f"<details><summary>{bare(summary)}</summary>{body}</details>"


def _list(tag: str, items: Iterable[str]) -> str:
    return f"<{tag}>{''.join(f'<li>{bare(item)}</li>' for item in items)}</{tag}>"


def _led_by(words: str, rendered: str) -> str:
    """Words at the beginning of the first paragraph."""
    rest = rendered.removeprefix("<p>")
    return f"<p>{words} {rest}" if rest != rendered else f"<p>{words}</p>{rendered}"


def bare(rendered: str) -> str:
    """A single paragraph without its tags."""
    single = rendered.startswith("<p>") and rendered.endswith("</p>") and rendered.count("<p>") == 1
    return rendered.removeprefix("<p>").removesuffix("</p>") if single else rendered
