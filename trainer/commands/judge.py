"""`trainer judge`: judge a file with a problem's hidden data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from sandbox import CaseResult, Judgement, RunStatus, Verdict
from trainer import kinds
from trainer.bank.data import resolve
from trainer.bank.files import Package, load_folder
from trainer.bank.package import read_package
from trainer.bank.problem import Problem as Content
from trainer.commands.answers import read_answer
from trainer.commands.common import JUDGE_ERROR, errors_as_lines, judging, settings
from trainer.commands.completion import SLUG
from trainer.commands.progress import Display, progress
from trainer.config import Config

LONGEST = 2_000
"""Characters of a value that are printed."""


@click.command()
@click.argument("slug", type=SLUG)
@click.argument("file", type=click.Path(exists=True, allow_dash=True, path_type=Path))
@click.option("--language", help="Default: by the file's ending.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def judge(context: click.Context, slug: str, file: Path, language: str | None, as_json: bool) -> None:
    """Judge FILE as an answer to the problem SLUG of the bank's folder, hidden cases included.

    FILE is a program or a query; - reads it from standard input. Of a service or a debugging problem it may be the
    folder that holds the files. A .diff or .patch changes what students begin with, as `git diff` prints it. A .yaml is
    an answer as the bank writes it in submissions/.

    Exit code: 0 whenever it was judged, whatever the verdict; 2 for wrong use; 3 for a judge error.
    """
    config = settings()
    package, content = _read_problem(config.problems / slug, slug)
    source, language = read_answer(content, package.files, file, language)
    with errors_as_lines(), progress(f"Judging {slug}") as display:
        judgement = _judge(config, content, source, language, display)
    answer = {"problem": slug, "title": content.title, "digest": package.digest, "language": language}
    answer |= _told(judgement)
    click.echo(json.dumps(answer, indent=2, default=str) if as_json else _as_text(answer))
    if judgement.verdict is Verdict.JUDGE_ERROR:
        context.exit(JUDGE_ERROR)


def _judge(config: Config, content: Content, source: str, language: str, display: Display) -> Judgement:
    with judging(config) as (sandbox, workers):
        display.tell("making hidden data")
        cases = workers.submit(resolve, content, sandbox.run).result()
        work = kinds.get(content.kind).job(content, cases, source, language)
        if isinstance(work, Judgement):
            return work
        display.expect(len(work.cases))
        display.tell("")
        return workers.submit(sandbox.judge, work, lambda *_: display.advance()).result()


def _read_problem(folder: Path, slug: str) -> tuple[Package, Content]:
    if not (folder / "problem.md").is_file():
        raise click.BadParameter(f"there is no problem {slug!r} in {folder.parent}", param_hint="SLUG")
    with errors_as_lines():
        package = load_folder(folder)
        return package, read_package(package.files, slug)


def _told(judgement: Judgement) -> dict[str, Any]:
    return {
        "verdict": judgement.verdict,
        "score": round(judgement.score, 4),
        "runs": [_run(result) for result in judgement.results],
        "compile_output": judgement.compile_output,
        "message": judgement.message,
    }


def _run(result: CaseResult) -> dict[str, Any]:
    """What was seen of a case. Of one that is not accepted also why: whoever has the bank may see everything."""
    told: dict[str, Any] = {
        "name": result.case.name,
        "sample": result.case.sample,
        "verdict": result.verdict or "not run",
        "time_ms": round(result.run.time_ms, 2),
        "memory_mib": round(result.run.memory_mib, 1),
    }
    if result.verdict is Verdict.ACCEPTED:
        return told
    run, error = result.run, result.run.error
    return told | {
        "reason": result.reason,
        "input": _short(result.case.arguments),
        "expected": _short(result.case.expected),
        "got": _short(run.value) if run.status is RunStatus.RETURNED else None,
        "error": {"type": error.type, "message": error.message, "line": error.line} if error else None,
        "stdout": run.stdout[:LONGEST],
    }


def _short(value: Any) -> str:
    """A value as JSON text, cut where it is long."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… ({len(text):,} characters)"


def _as_text(answer: dict[str, Any]) -> str:
    lines = [f"{answer['verdict']}, {answer['score']:.0%} of the cases"]
    lines += [f"  {run['verdict']:<22}{run['time_ms']:>9.1f} ms  {run['name']}" for run in answer["runs"]]
    failed = next((run for run in answer["runs"] if run["verdict"] not in (Verdict.ACCEPTED, "not run")), None)
    return "\n".join(line for line in (*lines, *_why(failed), answer["compile_output"], answer["message"]) if line)


def _why(run: dict[str, Any] | None) -> list[str]:
    """The first failure, in lines."""
    if run is None:
        return []
    error = run["error"]
    said = f"{error['type']}: {error['message']}" if error else ""
    where = f"line {error['line']}" if error and error["line"] else ""
    rows = [(name, run[name]) for name in ("input", "expected", "got")]
    told = [("", run["reason"]), *rows, ("", said), ("", where)]
    return ["", f"First failure: {run['name']}", *(f"  {name:<9} {text}".rstrip() for name, text in told if text)]
