"""A job as plain data, for files and for people: JSON or YAML in, JSON out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sandbox.errors import JobRefused, SignatureError
from sandbox.model import Case, Compare, Job, Json, Judgement, Limits
from sandbox.signature import parse_signature

KEYS = frozenset({"language", "source", "source_file", "signature", "in_place", "cases", "limits", "compare"})
CASE_KEYS = frozenset({"name", "args", "expected", "sample"})


def read_job(content: Mapping[str, Json], folder: Path = Path()) -> Job:
    """Build a job; `source_file` is looked for in `folder`. Raises JobRefused, naming the key."""
    refuse_unknown("job", content, KEYS)
    try:
        return Job(
            language=content.get("language", "python"),
            source=_source(content, folder),
            signature=parse_signature(content["signature"], content.get("in_place")),
            cases=tuple(_case(number, case) for number, case in enumerate(content["cases"], 1)),
            limits=Limits(**content.get("limits", {})),
            compare=Compare(content.get("compare", Compare.CLOSE)),
        )
    except KeyError as error:
        raise JobRefused(f"job: key {error} is missing") from error
    except (TypeError, ValueError, AttributeError, SignatureError, OSError) as error:
        raise JobRefused(f"job: {error}") from error


def refuse_unknown(what: str, content: Mapping[str, Json], known: frozenset[str]) -> None:
    """Raises JobRefused for the first key that is not known."""
    if unknown := sorted(content.keys() - known):
        raise JobRefused(f"{what}: unknown key {unknown[0]!r} (known: {', '.join(sorted(known))})")


def judgement_json(judgement: Judgement) -> dict[str, Any]:
    """A judgement as JSON: the verdict first, then every run."""
    return {
        "verdict": judgement.verdict,
        "score": judgement.score,
        "compile_output": judgement.compile_output,
        "message": judgement.message,
        "runs": [
            {"name": result.case.name, "verdict": result.verdict, "reason": result.reason, **asdict(result.run)}
            for result in judgement.results
        ],
    }


def _source(content: Mapping[str, Json], folder: Path) -> str:
    """Without the byte-order mark that some editors put before it."""
    text = str(content["source"]) if "source" in content else Path(folder, content["source_file"]).read_text()
    return text.lstrip("\ufeff")


def _case(number: int, content: Mapping[str, Json]) -> Case:
    refuse_unknown(f"case {number}", content, CASE_KEYS)
    return Case(
        name=content.get("name", f"case {number}"),
        arguments=tuple(content["args"]),
        expected=content.get("expected"),
        sample=content.get("sample", False),
        judged="expected" in content,
    )
