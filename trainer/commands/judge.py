"""`trainer judge`: judge a file with a problem's hidden data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from sandbox import Judgement, Verdict
from trainer import kinds
from trainer.bank.data import resolve
from trainer.bank.files import load_folder
from trainer.bank.formats import FORMATS
from trainer.bank.package import read_package
from trainer.bank.problem import Problem as Content
from trainer.bank.sources import pack
from trainer.commands.common import JUDGE_ERROR, errors_as_lines, own_sandbox, settings


@click.command()
@click.argument("slug")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--language", help="Default: by the file's ending.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def judge(context: click.Context, slug: str, file: Path, language: str | None, as_json: bool) -> None:
    """Judge FILE as an answer to the problem SLUG of the bank's folder, hidden cases included.

    Of a service or a debugging problem FILE may be the folder that holds its files.

    Exit code: 0 whenever it was judged, whatever the verdict; 2 for wrong use; 3 for a judge error.
    """
    config = settings()
    content = _content(config.problems / slug, slug)
    source, language = _read(file), _language(content, language, file)
    with errors_as_lines():
        sandbox = own_sandbox(config)
        try:
            cases = resolve(content, sandbox.run)
            work = kinds.get(content.kind).job(content, cases, source, language)
            judgement = work if isinstance(work, Judgement) else sandbox.judge(work)
        finally:
            sandbox.close()
    answer = _answer(judgement)
    click.echo(json.dumps(answer, indent=2) if as_json else _as_text(answer))
    if judgement.verdict is Verdict.JUDGE_ERROR:
        context.exit(JUDGE_ERROR)


def _content(folder: Path, slug: str) -> Content:
    if not (folder / "problem.md").is_file():
        raise click.BadParameter(f"there is no problem {slug!r} in {folder.parent}", param_hint="SLUG")
    with errors_as_lines():
        return read_package(load_folder(folder).files, slug)


def _read(file: Path) -> str:
    if file.is_dir():
        return _read_folder(file)
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise click.BadParameter(f"{file} is not UTF-8 (byte {error.start})", param_hint="FILE") from error


def _read_folder(folder: Path) -> str:
    """All files of a folder as one answer; what Python leaves behind is not part of it."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts]
    try:
        return pack({path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths})
    except UnicodeDecodeError as error:
        raise click.BadParameter(f"{folder} holds a file that is not UTF-8: {error}", param_hint="FILE") from error


def _language(content: Content, wanted: str | None, file: Path) -> str:
    ending = ".json" if file.is_dir() else file.suffix
    language = wanted or FORMATS[content.kind].LANGUAGES.get(ending, "")
    if language not in content.languages:
        known = ", ".join(content.languages)
        raise click.BadParameter(f"{language or file.suffix!r} is none of: {known}", param_hint="--language")
    return language


def _answer(judgement: Judgement) -> dict[str, Any]:
    runs = [
        {
            "name": result.case.name,
            "sample": result.case.sample,
            "verdict": result.verdict or "not run",
            "time_ms": round(result.run.time_ms, 2),
            "memory_mib": round(result.run.memory_mib, 1),
        }
        for result in judgement.results
    ]
    return {
        "verdict": judgement.verdict,
        "score": round(judgement.score, 4),
        "runs": runs,
        "compile_output": judgement.compile_output,
        "message": judgement.message,
    }


def _as_text(answer: dict[str, Any]) -> str:
    lines = [f"{answer['verdict']}, {answer['score']:.0%} of the cases"]
    lines += [f"  {run['verdict']:<22}{run['time_ms']:>9.1f} ms  {run['name']}" for run in answer["runs"]]
    return "\n".join(line for line in (*lines, answer["compile_output"], answer["message"]) if line)
