"""Formats and questions of interviews: the bank's own can be held, and what is wrong is named with its place."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from trainer import kinds
from trainer.bank.files import load_folder
from trainer.bank.interviews import FOLDER, format_of, read_interviews
from trainer.bank.package import list_bank, read_package
from trainer.bank.topics import read_topics
from trainer.errors import BankError
from trainer.learning.draw import Candidate, Slot, draw, draw_questions

BANK = Path(__file__).parents[3] / "problems"
TOPICS = [topic.id for topic in read_topics(BANK / "topics.yaml")]
BANKS_OWN = read_interviews(BANK / FOLDER, TOPICS)
GOOD = "title: Small\nabout: Small.\norder: 1\nminutes: 10\nreveal: live\ntasks:\n  - {kinds: [sql], minutes: 5}\n"


@cache
def candidates() -> list[Candidate]:
    found = []
    for slug in list_bank(BANK):
        problem = read_package(load_folder(BANK / slug).files, slug, topics=TOPICS)
        if not problem.warm_up:
            level = problem.difficulty.value
            found.append(Candidate(slug, problem.kind, level, tuple(problem.topics), minutes=problem.minutes))
    return found


def test_the_banks_formats_can_all_be_held() -> None:
    offered = BANKS_OWN.offered([kind.NAME for kind in kinds.KINDS])
    assert [one.id for one in offered] == ["oa-70", "backend-90", "screen-45", "debug-30", "talk-30"]
    for one in offered:
        assert sum(rule.minutes for rule in one.tasks) <= one.minutes, one.id
        assert one.is_spoken or one.points == 100, one.id
        assert one.rubric, one.id
        assert format_of(one.as_json()) == one


@pytest.mark.parametrize("seed", range(8))
def test_seven_online_assessments_repeat_no_task(seed: int) -> None:
    oa = BANKS_OWN.find("oa-70")
    assert oa is not None
    slots = [Slot(frozenset(rule.kinds), frozenset(level.value for level in rule.difficulties)) for rule in oa.tasks]
    bank, drawn = candidates(), []
    for sitting in range(7):
        tasks = draw(slots, bank, 100 * seed + sitting)
        drawn += [task.slug for task in tasks]
        seen = set(drawn)
        bank = [Candidate(c.slug, c.kind, c.difficulty, c.topics, c.slug in seen, c.minutes) for c in bank]
    assert len(set(drawn)) == 28


def test_there_are_questions_for_a_talk_and_fresh_ones_for_the_next() -> None:
    talk = BANKS_OWN.find("talk-30")
    assert talk is not None
    assert len(BANKS_OWN.questions) >= 24
    groups = [rule.question for rule in talk.tasks if rule.question]
    known = {group: [question.id for question in found] for group, found in BANKS_OWN.groups().items()}
    first = draw_questions(groups, known, set(), 1)
    assert not set(first) & set(draw_questions(groups, known, set(first), 2))


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"small.yaml": GOOD.replace("live", "loud")}, "interviews/small.yaml: reveal"),
        ({"small.yaml": GOOD.replace("minutes: 10", "minutes: 0")}, "interviews/small.yaml: minutes"),
        ({"small.yaml": GOOD + "colour: red\n"}, "colour"),
        ({"small.yaml": GOOD.replace("kinds: [sql]", "topics: [arrays]")}, "name either kinds or a question's group"),
        ({"small.yaml": GOOD.replace("kinds: [sql]", "kinds: [sql], topics: [arays]")}, "did you mean 'arrays'?"),
        ({"small.yaml": GOOD.replace("kinds: [sql]", "question: project")}, "there is no group 'project'"),
        ({"small.yaml": "- 1\n"}, "is no format"),
        ({"questions.yaml": "- {id: a, group: b, ask: c, strong: [d]}\n"}, "interviews/questions.yaml: 0.strong"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(tmp_path: Path, files: dict[str, str], message: str) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    with pytest.raises(BankError) as caught:
        read_interviews(tmp_path, TOPICS)
    assert message in str(caught.value)


def test_a_bank_without_interviews_has_none(tmp_path: Path) -> None:
    assert read_interviews(tmp_path / "nowhere", TOPICS).formats == ()
