"""Cases that prove a judge: a program as data, and what must be said of it. Self-tests and tests read them alike.

A case is a job as `sandbox.jobs` reads it, with `what` it shows, the expected `verdict`, and, where it matters, the
`runs` (a status for each case), and of the first failing one the `reason`, the `error` (its type) and its `line`;
`prints` is what the first case prints. The program is its `source`, or files beside it, one for each language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sandbox.errors import SandboxError
from sandbox.jobs import read_job
from sandbox.languages import languages
from sandbox.model import Job, Judgement, RunStatus, Verdict

EXPECTED_KEYS = frozenset({"what", "machine", "verdict", "runs", "reason", "error", "line", "prints"})


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a judgement must say. Empty and None ask nothing."""

    verdict: Verdict
    runs: tuple[RunStatus, ...] = ()
    reason: str = ""
    error: str = ""
    line: int | None = None
    prints: str | None = None

    def complaints(self, judgement: Judgement) -> Iterator[str]:
        """One sentence for everything that is not as expected."""
        if judgement.verdict is not self.verdict:
            yield f"verdict is {judgement.verdict}, expected {self.verdict} {judgement.message}".rstrip()
        statuses = tuple(result.run.status for result in judgement.results)
        if self.runs and statuses != self.runs:
            yield f"runs are {', '.join(statuses)}; expected {', '.join(self.runs)}"
        at = judgement.first_failure or 0
        first = judgement.results[at]
        error = first.run.error
        found = {
            "reason": (first.reason, self.reason),
            "error": (error.type if error else "", self.error),
            "line": (error.line if error else None, self.line),
            "prints": (judgement.results[0].run.stdout, self.prints),
        }
        for name, (seen, wanted) in found.items():
            if wanted not in ("", None) and seen != wanted:
                yield f"{name} is {seen!r}, expected {wanted!r}"


@dataclass(frozen=True, slots=True)
class Proof:
    """One such case. `machine` is the only hardware that it can be tried on, or ""."""

    name: str
    what: str
    job: Job
    expected: Expectation
    machine: str = ""


def read_folder(folder: Path) -> list[Proof]:
    """Read `case.yaml` of a folder: the same case in each language that a program `solution.*` beside it is written in.

    `differs` says by language what is another there: an error's name, a line, a limit. Raises SandboxError.
    """
    content = yaml.safe_load((folder / "case.yaml").read_text())
    differs = content.pop("differs", {})
    programs = {_language_of(path): path.read_text() for path in sorted(folder.glob("solution.*"))}
    if strange := sorted(set(differs) - set(programs)):
        raise SandboxError(f"{folder.name}: it differs in {strange[0]}, and no program is written in that")
    if not programs:
        return [read_proof(folder.name, content)]
    return [
        read_proof(
            f"{folder.name}.{language}",
            {"language": language, "source": source, **content, **differs.get(language, {})},
        )
        for language, source in programs.items()
    ]


def _language_of(program: Path) -> str:
    ending = program.suffix.removeprefix(".")
    found = (one.name for one in languages().values() if one.ending == ending)
    return next(found, ending)  # queries are written in no language


def read_file(path: Path) -> list[Proof]:
    """Read a file of many: names to cases. Raises SandboxError."""
    return [read_proof(name, content) for name, content in yaml.safe_load(path.read_text()).items()]


def read_proof(name: str, content: Mapping[str, Any]) -> Proof:
    """Raises SandboxError naming the case and the key."""
    try:
        job = read_job({key: value for key, value in content.items() if key not in EXPECTED_KEYS})
        return Proof(name, content["what"], job, _expectation(content), content.get("machine", ""))
    except KeyError as error:
        raise SandboxError(f"{name}: key {error} is missing") from error
    except (TypeError, ValueError, SandboxError) as error:
        raise SandboxError(f"{name}: {error}") from error


def _expectation(content: Mapping[str, Any]) -> Expectation:
    return Expectation(
        verdict=Verdict(content["verdict"]),
        runs=tuple(RunStatus(status) for status in content.get("runs", ())),
        reason=content.get("reason", ""),
        error=content.get("error", ""),
        line=content.get("line"),
        prints=content.get("prints"),
    )
