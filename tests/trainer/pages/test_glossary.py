"""The page of words defines what the product says: each verdict, each kind of problem, and the words of its pages."""

from __future__ import annotations

from sandbox.model import Verdict
from tests.trainer.pages.conftest import Visitor, text_of
from trainer import kinds
from trainer.pages.about.glossary import GROUPS
from trainer.pages.words import chip

ENTRIES = [entry for group in GROUPS for entry in group.entries]
WORDS = {entry.word for entry in ENTRIES}
SAID = (
    "Attempt", "Draft", "Evidence", "Hidden case", "Hint", "Reveal", "Rubric", "Run", "Sample", "Sandbox", "Solution",
    "Submit", "Verdict",
)  # fmt: skip


def test_each_verdict_has_its_entry_once() -> None:
    assert [entry.verdict for entry in ENTRIES if entry.verdict] == list(Verdict)


def test_each_kind_of_problem_has_its_entry_and_so_have_classes() -> None:
    assert {entry.kind for entry in ENTRIES if entry.kind} == {kind.NAME for kind in kinds.KINDS} | {"class"}


def test_the_words_of_the_pages_are_defined() -> None:
    assert set(SAID) <= WORDS
    assert len({entry.id for entry in ENTRIES}) == len(ENTRIES)
    assert all(entry.meaning.endswith(".") for entry in ENTRIES)


def test_the_page_shows_every_word_and_each_page_links_to_it(visitor: Visitor) -> None:
    page = visitor.get("/help/words")
    text = text_of(page)
    for entry in ENTRIES:
        assert (chip(entry.verdict).label if entry.verdict else entry.word) in text
        assert entry.meaning in text
    for address in ("/", "/problems", "/how-judging-works"):
        assert 'href="/help/words"' in visitor.get(address).text
