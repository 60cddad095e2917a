"""Checks what stands beside the packages: topics.yaml, and the formats and questions of interviews."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from trainer.bank.files import load_folder
from trainer.bank.flaws import Flaws, did_you_mean
from trainer.bank.formats import FORMATS
from trainer.bank.interviews import FOLDER, QUESTIONS, Format, Interviews, TaskRule, read_interviews
from trainer.bank.package import list_bank, read_package
from trainer.bank.problem import Problem
from trainer.bank.readable import check_markdown
from trainer.bank.report import CheckReport, Finding
from trainer.bank.topics import Topic, read_topics
from trainer.bank.words import count, verb
from trainer.errors import BankError

SLUG = "topics.yaml and interviews"


def check_lists(root: Path) -> CheckReport:
    """Check the lists in the bank's folder, against each other and against the packages that can be read."""
    return CheckReport(SLUG, tuple(_findings(root)), done=True)


def _findings(root: Path) -> Iterator[Finding]:
    problems = list(_problems(root))
    try:
        topics = read_topics(root / "topics.yaml")
    except BankError as error:
        yield from _refused("topics", error)
        return
    yield from _topics(topics, problems)
    try:
        found = read_interviews(root / FOLDER, [topic.id for topic in topics])
    except BankError as error:
        yield from _refused("interviews", error)
        return
    yield from _interviews(found, problems)


def _problems(root: Path) -> Iterator[Problem]:
    for slug in list_bank(root):
        try:
            yield read_package(load_folder(root / slug).files, slug, published=True)
        except BankError:
            continue  # its own check says what is wrong with it


def _refused(rule: str, error: BankError) -> Iterator[Finding]:
    return (Finding(rule, False, line) for line in str(error).splitlines())


def _topics(topics: list[Topic], problems: Collection[Problem]) -> Iterator[Finding]:
    groups = {topic.group for topic in topics}
    yield Finding("topics", True, f"{count(len(topics), 'topic')} in {count(len(groups), 'group')}")
    used = {topic for problem in problems for topic in problem.topics}
    if idle := [topic.id for topic in topics if topic.id not in used]:
        said = f"{count(len(idle), 'topic')} {verb(len(idle), 'has', 'have')} no problem: {', '.join(idle)}"
        yield Finding("topics", False, said, advice=True)


def _interviews(found: Interviews, problems: Collection[Problem]) -> Iterator[Finding]:
    formats, questions = count(len(found.formats), "format"), count(len(found.questions), "question")
    yield Finding("interviews", True, f"{formats}, {questions} to be asked aloud")
    for one in found.formats:
        for message in _wrong_with(one, problems):
            yield Finding("interviews", False, f"problems/{FOLDER}/{one.id}.yaml: {message}")
    flaws = Flaws("")
    for question in found.questions:
        for key, texts in (("ask", [question.ask]), ("strong", question.strong)):
            for text in texts:
                check_markdown(text, f"problems/{FOLDER}/{QUESTIONS}", flaws, f"{question.id}: {key}")
    yield from (Finding("interviews", False, str(flaw)) for flaw in flaws.found)


def _wrong_with(one: Format, problems: Collection[Problem]) -> Iterator[str]:
    if (needed := sum(rule.minutes for rule in one.tasks)) > one.minutes:
        yield f"its tasks take {needed} of {one.minutes} minutes: give it more, or them less"
    for number, rule in enumerate(one.tasks, 1):
        if unknown := sorted(set(rule.kinds) - set(FORMATS)):
            yield f"tasks.{number}: there is no kind {unknown[0]!r} ({did_you_mean(unknown[0], FORMATS)})"
        elif rule.kinds and not any(_fits(rule, problem) for problem in problems):
            yield f"tasks.{number}: no problem of the bank is like that: ask for other kinds, topics or minutes"


def _fits(rule: TaskRule, problem: Problem) -> bool:
    return (
        problem.kind in rule.kinds
        and not problem.warm_up
        and problem.minutes <= rule.most_minutes
        and (not rule.difficulties or problem.difficulty in rule.difficulties)
        and (not rule.topics or bool(set(rule.topics) & set(problem.topics)))
    )
