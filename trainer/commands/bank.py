"""`trainer bank …`: sync, check, new."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

import click

from trainer import start
from trainer.bank import proofs
from trainer.bank.check import check_folder
from trainer.bank.check_lists import check_lists
from trainer.bank.files import load_folder, package
from trainer.bank.package import list_bank
from trainer.bank.report import CheckReport
from trainer.bank.template import TEMPLATES, new_package
from trainer.bank.topics import read_topics
from trainer.commands.common import application, errors_as_lines, own_sandbox, settings
from trainer.commands.completion import SLUG
from trainer.config import Config, installed_bank


@click.group()
def bank() -> None:
    """The problem bank: store it, check it, begin a new package."""


@bank.command()
def sync() -> None:
    """Store a version of every package that changed."""
    config = settings()
    with application(config):
        good = start.sync_bank(config, click.echo)
    if not good:
        raise click.ClickException("Some packages cannot be read; the others are stored.")
    click.echo("The bank is up to date.")


@bank.command()
@click.argument("slugs", nargs=-1, type=SLUG)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per package.")
@click.option("--brief", is_flag=True, help="Run wrong programs only up to their first failure; no advice.")
@click.option("--changed/--all", default=False, help="Leave out packages whose kept proof still holds.")
@click.option("--jobs", default=2, show_default=True, type=click.IntRange(1, 16), help="Packages checked at once.")
def check(slugs: tuple[str, ...], as_json: bool, brief: bool, changed: bool, jobs: int) -> None:
    """Let packages prove themselves in the sandbox. Without SLUGS, all of the bank's folder, topics and interviews.

    Where the bank's folder has a proofs.lock, a check writes there what it proved.

    Exit code: 0 when all passed, 1 when a rule failed, 2 for an unknown slug, 3 when the sandbox failed.
    """
    config = settings()
    known = list_bank(config.problems)
    unknown = [slug for slug in slugs if slug not in known]
    if unknown:
        raise click.UsageError(f"no such package: {', '.join(unknown)}. Known: {', '.join(known)}")
    passed = True
    with errors_as_lines():
        wanted = [slug for slug in slugs or known if not (changed and proofs.holds(config.problems, slug))]
        lists = () if slugs else (check_lists(config.problems),)
        for report in chain(lists, _checked(config, wanted, brief, jobs)):
            click.echo(json.dumps(report.as_json()) if as_json else _as_text(report))
            passed = passed and report.passed
    if not passed:
        raise click.exceptions.Exit(1)


def _checked(config: Config, slugs: list[str], brief: bool, jobs: int) -> Iterator[CheckReport]:
    """Check packages, some at once; a report each, in the order of the slugs."""
    topics = [topic.id for topic in read_topics(config.problems / "topics.yaml")]
    writing = threading.Lock() if (config.problems / proofs.FILE).exists() else None
    sandbox = own_sandbox(config)

    def check_one(slug: str) -> CheckReport:
        report = check_folder(config.problems / slug, sandbox, topics=topics, brief=brief)
        if writing is not None:
            with writing:
                found = load_folder(config.problems / slug) if report.passed else package(slug, {})
                proofs.keep(config.problems, found, report)
        return report

    with ThreadPoolExecutor(jobs) as threads:
        try:
            yield from threads.map(check_one, slugs)
        finally:
            sandbox.close()


@bank.command()
@click.argument("slug")
@click.option("--kind", type=click.Choice(list(TEMPLATES)), default="function", show_default=True)
def new(slug: str, kind: str) -> None:
    """Write a small complete package into the bank's folder, to be made into a problem."""
    problems = settings().problems
    if problems == installed_bank():
        raise click.UsageError("This bank belongs to the installed program: set TRAINER_PROBLEMS to a folder of yours.")
    folder = problems / slug
    if folder.exists():
        raise click.UsageError(f"{folder} exists already.")
    with errors_as_lines():
        files = new_package(slug, kind)
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    click.echo(f"{folder} is made. Edit it, then: trainer bank check {slug}")


def _as_text(report: CheckReport) -> str:
    """One line a finding: a tick, a cross or a dot for advice."""
    lines = [f"{report.slug}: {'passed' if report.passed else 'FAILED'}"]
    for finding in report.findings:
        mark = "ok" if finding.ok else "--" if finding.advice else "NO"
        lines.append(f"  {mark}  {finding.rule:<12} {finding.message}")
    return "\n".join(lines)
