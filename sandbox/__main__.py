"""`python -m sandbox`: build the images, prove them, judge a file. Works without the web app."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import NoReturn

import click

from sandbox.errors import JobRefused, SandboxError
from sandbox.images import build_all
from sandbox.jobs import judgement_json, read_job
from sandbox.languages import languages
from sandbox.model import Job, Verdict
from sandbox.selftest import Outcome, run_selftest
from sandbox.service import Sandbox, open_sandbox
from sandbox.settings import SandboxSettings
from sandbox.signature import Query
from sandbox.steps import StepFailed, Steps

JUDGE_ERROR = 3


@click.group(help=__doc__, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    pass


@main.command()
def build() -> None:
    """Build the images that are missing or whose inputs changed."""
    try:
        for name in build_all(Steps()):
            click.echo(name)
    except (SandboxError, StepFailed) as error:
        give_up(error)


@main.command()
def selftest() -> None:
    """Judge every language's own cases. Exits with 1 if one does not hold."""
    with opened() as sandbox:
        try:
            failed = 0
            for outcome in run_selftest(sandbox):
                click.echo(line_of(outcome))
                failed += bool(outcome.complaints)
        except SandboxError as error:
            give_up(error)
    click.echo(f"{failed} fail" if failed else "All hold.")
    sys.exit(bool(failed))


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def judge(file: Path) -> None:
    """Judge the job that a JSON file describes, and print the judgement as JSON.

    Exits with 0 whenever it was judged, 2 on wrong use, 3 on a judge error.
    """
    try:
        job = read_job(json.loads(file.read_text()), file.parent)
        check_language(job)
        with opened() as sandbox:
            judgement = sandbox.judge(job)
    except (ValueError, AttributeError, JobRefused) as error:
        raise click.UsageError(f"{file}: {error}") from error
    except SandboxError as error:
        give_up(error)
    click.echo(json.dumps(judgement_json(judgement), indent=2))
    sys.exit(JUDGE_ERROR if judgement.verdict is Verdict.JUDGE_ERROR else 0)


def check_language(job: Job) -> None:
    """Raises JobRefused for a language that nothing here runs. What a query is, its signature says."""
    known = sorted(languages())
    if job.language not in known and not isinstance(job.signature, Query):
        raise JobRefused(f"there is no language {job.language!r}: {' or '.join(known)} runs this")


def opened() -> Sandbox:
    """A sandbox for one job at a time: nothing is started ahead."""
    return open_sandbox(SandboxSettings(warm={}))


def line_of(outcome: Outcome) -> str:
    proof = outcome.proof
    start = "FAILS" if outcome.complaints else "holds"
    line = (
        f"{start}  {outcome.language:<8} {proof.name:<22} {proof.expected.verdict.short:<3} {outcome.wall_ms:6.0f} ms  "
    )
    return line + proof.what + "".join(f"\n       {complaint}" for complaint in outcome.complaints)


def give_up(error: Exception) -> NoReturn:
    click.echo(str(error), err=True)
    sys.exit(JUDGE_ERROR)


if __name__ == "__main__":
    main()
