"""Topics are read in order; circles, doubles and unknown prerequisites are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from trainer.bank.topics import Topic, read_topics
from trainer.errors import BankError

GOOD = """
- {id: arrays, title: Arrays, group: Structures}
- {id: queues, title: Queues, group: Structures, prerequisites: [arrays]}
"""


def read(folder: Path, text: str) -> list[Topic]:
    path = folder / "topics.yaml"
    path.write_text(text, encoding="utf-8")
    return read_topics(path)


def test_topics_keep_the_order_of_the_file(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD) == [
        Topic("arrays", "Arrays", "Structures"),
        Topic("queues", "Queues", "Structures", ("arrays",)),
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[arrays]", "[array]", r"topics.yaml: queues: unknown prerequisite 'array' \(did you mean 'arrays'\?\)"),
        ("id: queues", "id: arrays", "arrays: is listed twice"),
        ("group: Structures}", "group: Structures, prerequisites: [queues]}", "run in a circle"),
        ("id: arrays", "id: The Arrays", "string should match pattern"),
        ("id: arrays, ", "", "0.id: field required"),
        ("title: Arrays", "titel: Arrays", "0.titel: unexpected keyword"),
        ("- {id: arrays", "- id: arrays {", "is|mapping"),
        ("group: Structures}", "group: Structures, known_as: [Lists]}", "0.known_as.0: write a name in lower case"),
        ("group: Structures}", "group: Structures, known_as: [list, list]}", "known_as: it names 'list' twice"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(BankError, match=message):
        read(tmp_path, GOOD.replace(old, new, 1))


@pytest.mark.parametrize("text", ["", "arrays: 1", "- 1", "[[]]"])
def test_another_shape_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(BankError):
        read(tmp_path, text)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BankError, match=r"topics\.yaml cannot be read"):
        read_topics(tmp_path / "topics.yaml")
