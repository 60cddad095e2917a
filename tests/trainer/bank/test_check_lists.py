"""topics.yaml and the interviews are checked before a server starts with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factories import make_package
from trainer.bank.check_lists import check_lists

BANK = Path(__file__).parents[3] / "problems"
TOPICS = "- {id: arrays, title: Arrays, group: Data}\n"
FORMAT = (
    "title: Small\nabout: Small.\norder: 1\nminutes: 10\nreveal: live\n"
    "tasks:\n  - {kinds: [function], difficulties: [easy], minutes: 5}\n"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, content in make_package("double").files.items():
        (tmp_path / "double" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "double" / path).write_bytes(content)
    (tmp_path / "topics.yaml").write_text(TOPICS)
    (tmp_path / "interviews").mkdir()
    (tmp_path / "interviews" / "small.yaml").write_text(FORMAT)
    return tmp_path


def bad(root: Path) -> list[str]:
    return [f"{f.rule}: {f.message}" for f in check_lists(root).findings if not f.ok and not f.advice]


def test_the_banks_own_lists_pass() -> None:
    assert bad(BANK) == []
    assert check_lists(BANK).passed


def test_good_lists_pass_in_words(root: Path) -> None:
    assert [f.message for f in check_lists(root).findings] == [
        "1 topic in 1 group",
        "1 format, 0 questions to be asked aloud",
    ]


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("topics.yaml", "- {id: arrays, title: Arrays}\n", "topics: problems/topics.yaml: 0.group"),
        ("topics.yaml", TOPICS * 2, "arrays: is listed twice"),
        ("topics.yaml", "- {id: arrays, title: 010, group: Data}\n", "010 is read as 8"),
        ("interviews/small.yaml", FORMAT.replace("live", "loud"), "interviews/small.yaml: reveal"),
        ("interviews/small.yaml", FORMAT.replace("function", "functoin"), "did you mean 'function'?"),
        ("interviews/small.yaml", FORMAT.replace("minutes: 5", "minutes: 50"), "its tasks take 50 of 10 minutes"),
        ("interviews/small.yaml", FORMAT.replace("easy", "hard"), "tasks.1: no problem of the bank is like that"),
        (
            "interviews/small.yaml",
            FORMAT.replace("minutes: 5", "minutes: 5, most_minutes: 1"),
            "no problem of the bank",
        ),
        ("interviews/small.yaml", FORMAT.replace("title: Small", "title: on"), "on is read as true"),
        ("interviews/questions.yaml", "- {id: a, group: b, ask: '<!-- x -->', strong: [c, d]}\n", "a: ask: a comment"),
    ],
)
def test_what_is_wrong_is_said(root: Path, file: str, text: str, said: str) -> None:
    (root / file).write_text(text)
    assert any(said in message for message in bad(root)), bad(root)


def test_a_topic_without_a_problem_is_advice(root: Path) -> None:
    (root / "topics.yaml").write_text(TOPICS + "- {id: git, title: Git, group: Tools}\n")
    assert check_lists(root).passed
    assert "1 topic has no problem: git" in [f.message for f in check_lists(root).findings if f.advice]
