"""`trainer bank check` and `new`: what needs the bank's folder alone, and no database."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Generator
from contextlib import closing
from functools import partial
from itertools import chain
from pathlib import Path

import click

from sandbox import Sandbox
from trainer.bank import proofs
from trainer.bank.check import check as check_package
from trainer.bank.check import check_folder
from trainer.bank.check_lists import check_lists
from trainer.bank.files import load_folder, package
from trainer.bank.package import list_bank
from trainer.bank.report import CheckReport
from trainer.bank.template import TEMPLATES, new_package, with_known_topics
from trainer.bank.topics import read_topics
from trainer.commands.common import errors_as_lines, judging, settings
from trainer.commands.completion import SLUG
from trainer.commands.progress import Display, progress
from trainer.config import Config, installed_bank, own_bank
from trainer.errors import PackageError


@click.command()
@click.argument("slugs", nargs=-1, type=SLUG)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per package.")
@click.option("--brief", is_flag=True, help="Run wrong programs only up to their first failure; no advice.")
@click.option("--changed/--all", default=False, help="Leave out packages whose kept proof still holds.")
@click.option("--jobs", default=2, show_default=True, type=click.IntRange(1, 16), help="Packages checked at once.")
def check(slugs: tuple[str, ...], as_json: bool, brief: bool, changed: bool, jobs: int) -> None:
    """Let packages prove themselves in the sandbox. Without SLUGS, all of the bank's folder, topics and interviews.

    Where the bank's folder has a proofs.lock, a check writes there what it proved. One that is not brief tells it, too,
    which hidden cases the known mistakes fail: an installation then explains them from its first start.

    Exit code: 0 when all passed, 1 when a rule failed, 2 for an unknown slug, 3 when the sandbox failed.
    """
    config = settings()
    known = list_bank(config.problems)
    unknown = [slug for slug in slugs if slug not in known]
    if unknown:
        raise click.UsageError(f"no such package: {', '.join(unknown)}. Known: {', '.join(known)}")
    with errors_as_lines():
        proved = partial(proofs.holds, config.problems, whole=not brief)
        wanted = [slug for slug in slugs or known if not (changed and proved(slug))]
        lists = [] if slugs else [check_lists(config.problems)]
        with (
            progress("Checking packages", len(wanted)) as display,
            closing(_checked(config, wanted, brief, jobs, display)) as checked,
        ):
            passed = True
            for report in chain(lists, checked):
                display.echo(json.dumps(report.as_json()) if as_json else _as_text(report))
                passed = passed and report.passed
    if not passed:
        raise click.exceptions.Exit(1)


def _checked(
    config: Config, slugs: list[str], brief: bool, jobs: int, display: Display
) -> Generator[CheckReport, None, None]:
    """Check packages, some at once; a report each, in the order of the slugs. Closed early, it leaves no box behind."""
    topics = [topic.id for topic in read_topics(config.problems / "topics.yaml")]
    writing = threading.Lock() if (config.problems / proofs.FILE).exists() else None
    running: dict[str, str] = {}

    def say(report: CheckReport) -> None:
        if not report.done:
            running[report.slug] = report.running
            display.tell(", ".join(f"{slug}: {rule}" for slug, rule in list(running.items())))

    def check_one(slug: str, sandbox: Sandbox) -> CheckReport:
        report = _check_one(config.problems / slug, sandbox, topics, brief, say)
        if writing is not None:
            with writing:
                found = load_folder(config.problems / slug) if report.passed else package(slug, {})
                proofs.keep(config.problems, found, report, brief=brief)
        running.pop(slug, None)
        display.advance()
        return report

    with judging(config, jobs) as (sandbox, workers):
        yield from workers.map(partial(check_one, sandbox=sandbox), slugs)


def _check_one(
    folder: Path, sandbox: Sandbox, topics: list[str], brief: bool, say: Callable[[CheckReport], None]
) -> CheckReport:
    try:
        found = load_folder(folder)
    except PackageError:
        return check_folder(folder, sandbox, topics=topics)  # it tells this together with all else
    return check_package(found, sandbox, topics=topics, brief=brief, on_progress=say)


@click.command()
@click.argument("slug")
@click.option("--kind", type=click.Choice(list(TEMPLATES)), default="function", show_default=True)
def new(slug: str, kind: str) -> None:
    """Write a small complete package into the bank's folder. It passes its check; make it into a problem file by file.

    A class is asked like a function, by its signature. In a folder without topics.yaml one is written, too.
    """
    problems = settings().problems
    if problems == installed_bank():
        raise click.UsageError("This bank belongs to the installed program: set TRAINER_PROBLEMS to a folder of yours.")
    try:
        files = new_package(slug, kind)
    except PackageError as error:
        raise click.BadParameter(str(error), param_hint="SLUG") from error
    folder = problems / slug
    if folder.exists():
        raise click.UsageError(f"{folder} exists already.")
    with errors_as_lines():
        known = _known_topics(problems)
        files = files | {"problem.md": with_known_topics(files["problem.md"], known)}
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    click.echo(f"{folder} is made. Edit it, then: trainer bank check {slug}")


def _known_topics(problems: Path) -> list[str]:
    """The topics of a bank. Where it has none yet, it gets those of the bank that came with the program."""
    file = problems / "topics.yaml"
    if not file.exists():
        file.write_bytes((own_bank() / "topics.yaml").read_bytes())
    return [topic.id for topic in read_topics(file)]


def _as_text(report: CheckReport) -> str:
    """One line a finding: a tick, a cross or a dot for advice."""
    lines = [f"{report.slug}: {'passed' if report.passed else 'FAILED'}"]
    for finding in report.findings:
        mark = "ok" if finding.ok else "--" if finding.advice else "NO"
        lines.append(f"  {mark}  {finding.rule:<12} {finding.message}")
    return "\n".join(lines)
