"""Debugging: a service that is broken, what there is to read about it, a cause to name and a small change to make."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

from sandbox.model import Case
from trainer.bank.causes import ANSWER, FILE, NAMED, SMALL, placeholder, read_cause
from trainer.bank.flaws import Flaws
from trainer.bank.formats import service
from trainer.bank.formats.base import ALL_TEXTS, Content
from trainer.bank.front_matter import DebugMatter, FrontMatter
from trainer.bank.sources import pack, unpack
from trainer.bank.suites import FOLDER

Matter = DebugMatter
TEXTS = ALL_TEXTS
REQUIRED = (FILE,)
OPTIONAL: tuple[str, ...] = ()
EVIDENCE = "evidence/"
PLACES = (*service.PLACES, r"evidence/[^/]+\.(log|txt|sql|json)")
LANGUAGES = service.LANGUAGES


def read(matter: FrontMatter, texts: Mapping[str, str], flaws: Flaws) -> Content | None:
    assert isinstance(matter, DebugMatter)
    content = service.read(matter, texts, flaws)
    if content is None or content.service is None:
        return None
    starter = unpack(content.starters[service.LANGUAGE])
    cause = read_cause(texts.get(FILE), starter, flaws)
    _refuse_clashes(content.service.steps, starter, flaws)
    if cause is None:
        return None
    submissions = tuple(
        dataclasses.replace(one, source=pack({ANSWER: cause.right} | unpack(one.source))) for one in content.submissions
    )
    given = tuple(map(placeholder, (NAMED, SMALL)))
    evidence = {path.removeprefix(EVIDENCE): text for path, text in texts.items() if path.startswith(EVIDENCE)}
    return dataclasses.replace(
        content,
        submissions=submissions,
        secrets=(*content.secrets, *given),
        service=dataclasses.replace(
            content.service,
            steps=(*content.service.steps, *given),
            cause=cause,
            evidence=evidence,
            most_changed_lines=matter.most_changed_lines,
        ),
    )


def _refuse_clashes(steps: Iterable[Case], starter: Mapping[str, str], flaws: Flaws) -> None:
    for step in steps:
        if step.name in (NAMED, SMALL):
            flaws.add(
                f"{FOLDER}{step.arguments[0]}.py", step.arguments[1], "has the sentence of a step of ours", "reword it"
            )
    if ANSWER in starter:
        flaws.add(f"starter/{ANSWER}", "", "has the name under which the cause is kept", "rename it")
