"""Writes tests/golden/<release>/: `.venv/bin/python -m tests.golden`. Needs an engine."""

from __future__ import annotations

import json
import zlib
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sandbox import Judgement, Sandbox, SandboxSettings, Verdict, open_sandbox
from trainer import kinds
from trainer.bank import stored
from trainer.bank.data import resolve
from trainer.bank.files import load_folder
from trainer.bank.interviews import read_interviews
from trainer.bank.package import read_package
from trainer.bank.problem import Problem
from trainer.bank.topics import read_topics

HERE = Path(__file__).parent
BANK = HERE.parents[1] / "problems"
SLUGS = (
    "warm-up-page-one",
    "session-store",
    "open-tickets",
    "url-shortener",
    "names-turned-to-mud",
    "say-it-with-http",
)
"""A small package of each kind; of functions, one is a class."""


def main() -> None:
    folder = HERE / version("interview-trainer")
    folder.mkdir(exist_ok=True)
    with open_sandbox(SandboxSettings()) as sandbox:
        for slug in SLUGS:
            problem = read_package(load_folder(BANK / slug).files, slug)
            content = json.loads(zlib.decompress(stored.write(problem)))
            _write(folder / f"{slug}.version.json", {"format": stored.FORMAT, "content": content})
            for name, record in _records(problem, sandbox):
                _write(folder / f"{slug}.{name}.record.json", record)
    interviews = read_interviews(BANK / "interviews", [topic.id for topic in read_topics(BANK / "topics.yaml")])
    _write(folder / "format.json", max(interviews.formats, key=lambda one: len(one.tasks)).as_json())
    _write(folder / "question.json", interviews.questions[0].as_json())


def _records(problem: Problem, sandbox: Sandbox) -> list[tuple[str, dict[str, Any]]]:
    """What is kept of a right answer, of a wrong one, and of an answer that does not compile."""
    kind = kinds.get(problem.kind)
    if problem.questions:
        answers = [("empty", "{}"), ("broken", "{")]
    else:
        wrong = next(one for one in problem.submissions if one.verdict is not Verdict.ACCEPTED)
        answers = [("right", problem.reference.source), ("wrong", wrong.source), ("broken", "def broken(")]
    cases = resolve(problem, sandbox.run)
    found = []
    for name, source in answers:
        work = kind.job(problem, cases, source, problem.languages[0])
        judgement = work if isinstance(work, Judgement) else sandbox.judge(work)
        found.append((name, kind.record(problem, judgement)))
    return [*found, ("judge-error", kind.judge_error("The judge itself failed."))]


def _write(path: Path, values: Any) -> None:
    path.write_text(json.dumps(values, indent=1) + "\n")


main()
