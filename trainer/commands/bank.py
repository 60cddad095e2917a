"""`trainer bank …`: sync, check, new."""

from __future__ import annotations

import json

import click

from trainer import start
from trainer.bank.check import check as check_package
from trainer.bank.files import load_folder
from trainer.bank.package import list_bank
from trainer.bank.report import CheckReport
from trainer.bank.template import new_package
from trainer.bank.topics import read_topics
from trainer.commands.common import application, errors_as_lines, own_sandbox
from trainer.config import Config


@click.group()
def bank() -> None:
    """The problem bank: store it, check it, begin a new package."""


@bank.command()
def sync() -> None:
    """Store a version of every package that changed."""
    with application():
        good = start.sync_bank(Config(), click.echo)
    if not good:
        raise click.ClickException("Some packages cannot be read; the others are stored.")
    click.echo("The bank is up to date.")


@bank.command()
@click.argument("slugs", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a package.")
@click.option("--brief", is_flag=True, help="Run wrong programs only up to their first failure; no advice.")
def check(slugs: tuple[str, ...], as_json: bool, brief: bool) -> None:
    """Let packages prove themselves in the sandbox. Without SLUGS, all of the bank's folder.

    Exit code: 0 when all passed, 1 when a rule failed, 2 for an unknown slug, 3 when the sandbox failed.
    """
    config = Config()
    known = list_bank(config.problems)
    unknown = [slug for slug in slugs if slug not in known]
    if unknown:
        raise click.UsageError(f"no such package: {', '.join(unknown)}. Known: {', '.join(known)}")
    with errors_as_lines():
        topics = [topic.id for topic in read_topics(config.problems / "topics.yaml")]
        sandbox = own_sandbox(config)
        try:
            reports = []
            for slug in slugs or known:
                report = check_package(load_folder(config.problems / slug), sandbox, topics=topics, brief=brief)
                click.echo(json.dumps(report.as_json()) if as_json else _as_text(report))
                reports.append(report)
        finally:
            sandbox.close()
    if not all(report.passed for report in reports):
        raise click.exceptions.Exit(1)


@bank.command()
@click.argument("slug")
def new(slug: str) -> None:
    """Write a small complete package into the bank's folder, to be made into a problem."""
    folder = Config().problems / slug
    if folder.exists():
        raise click.UsageError(f"{folder} exists already.")
    with errors_as_lines():
        files = new_package(slug)
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
