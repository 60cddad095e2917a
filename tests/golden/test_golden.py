"""What earlier releases stored can be read by this one."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

import pytest

from trainer import kinds
from trainer.bank import stored
from trainer.bank.interviews import format_of, question_of
from trainer.bank.problem import Problem, Reveal

HERE = Path(__file__).parent
RELEASES = sorted(path for path in HERE.iterdir() if path.is_dir() and path.name[0].isdigit())
VERSIONS = [path for release in RELEASES for path in sorted(release.glob("*.version.json"))]
RECORDS = [path for release in RELEASES for path in sorted(release.glob("*.record.json"))]


def read(path: Path) -> Any:
    return json.loads(path.read_text())


def content_of(path: Path) -> Problem:
    kept = read(path)
    return stored.read(kept["format"], zlib.compress(json.dumps(kept["content"]).encode()))


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def test_every_release_has_a_version_of_each_kind() -> None:
    assert RELEASES
    for release in RELEASES:
        found = {content_of(path).kind for path in release.glob("*.version.json")}
        assert found >= {"function", "sql", "service", "debug", "quiz"}, release


@pytest.mark.parametrize("path", VERSIONS, ids=name_of)
def test_a_version_can_be_read_and_judged(path: Path) -> None:
    content = content_of(path)
    assert stored.read(stored.FORMAT, stored.write(content)) == content
    assert content.statement
    kind = kinds.get(content.kind)
    source = "{}" if content.questions else content.reference.source
    language = content.languages[0]
    assert kind.job(content, (*content.samples, *content.secrets), source, language)
    assert len(kind.show_samples(content)) == len(content.samples)


@pytest.mark.parametrize("reveal", Reveal)
@pytest.mark.parametrize("path", RECORDS, ids=name_of)
def test_a_record_can_be_read(path: Path, reveal: Reveal) -> None:
    slug, record = path.name.partition(".")[0], read(path)
    kind = kinds.get(content_of(path.with_name(f"{slug}.version.json")).kind)
    found = kind.feedback(record, reveal)
    assert found.verdict == record["verdict"]
    assert found.summary
    assert found.as_json()


@pytest.mark.parametrize("release", RELEASES, ids=str)
def test_an_interviews_format_and_question_can_be_read(release: Path) -> None:
    assert format_of(read(release / "format.json")).tasks
    assert question_of(read(release / "question.json")).ask
