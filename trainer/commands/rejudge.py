"""`trainer rejudge SLUG`: what older versions of a problem judged is judged by its current one."""

from __future__ import annotations

from collections.abc import Iterator

import click
from sqlalchemy.orm import Session

from trainer.commands.application import application
from trainer.commands.common import settings
from trainer.db import db
from trainer.errors import Conflict, NotFound
from trainer.models import Problem, Rejudging, User
from trainer.services import accounts, rejudging
from trainer.services.rejudging import Change, State


@click.command()
@click.argument("slug")
@click.option("--version", "number", type=click.IntRange(1), help="Only what this version judged. Default: all others.")
@click.option("--dry-run", "asks", is_flag=True, help="Have it rejudged, by workers, and change nothing.")
@click.option("--apply", "applies", is_flag=True, help="Change the verdicts that came out otherwise.")
@click.option("--drop", "drops", is_flag=True, help="Forget what was rejudged, and change nothing.")
@click.option("--by", "email", default="", metavar="EMAIL", help="The mentor or admin who asks for it.")
def rejudge(slug: str, number: int | None, asks: bool, applies: bool, drops: bool, email: str) -> None:
    """Rejudge submissions to the problem SLUG that other versions of it judged.

    Without an option: how many there are, or how far it is and whose verdicts would change. First have them judged with
    --dry-run; then look; then change their verdicts with --apply. What a submission had before is kept. Runs, and what
    was sent in interviews, stay as they are.
    """
    if asks + applies + drops > 1:
        raise click.UsageError("Give one of --dry-run, --apply and --drop.")
    if (asks or applies or drops) and not email:
        raise click.UsageError("Say who asks for it: --by EMAIL.")
    with application(settings()):
        if asks:
            with db.writing() as session:
                rejudging.ask(session, _who(session, email), slug, number)
                rejudging.queue_more(session)
        if applies:
            _apply(slug, email)
        if drops:
            with db.writing() as session:
                rejudging.drop(session, _who(session, email), _under_way(session, slug))
                click.echo("It is dropped. All verdicts are as they were.")
        if not (applies or drops):
            with db.reading() as session:
                for line in _lines(session, slug, number):
                    click.echo(line)


def _apply(slug: str, email: str) -> None:
    with db.reading() as session:
        found = _under_way(session, slug)
    changed = 0
    left = True
    while left:
        with db.writing() as session:
            page = rejudging.apply_page(session, _who(session, email), found.id)
        left = page.left > 0
        changed += page.changed
    click.echo(f"{_count(changed, 'verdict')} changed. What they were before is kept.")


def _lines(session: Session, slug: str, number: int | None) -> Iterator[str]:
    problem, current = rejudging.find(session, slug)
    found = rejudging.under_way(session, problem)
    if found is None:
        count = rejudging.count(session, problem, number)
        were = "was" if count == 1 else "were"
        other = f"another version than {current.number}, the current one"
        yield f"{slug}: {_count(count, 'submission')} {were} judged by {other}."
        return
    state = rejudging.state(session, found)
    yield _progress(state)
    after = 0
    while page := rejudging.changes(session, found, after):
        yield from map(_words, page)
        after = page[-1].submission_id
    if state.is_judged:
        yield "Change them: --apply. Forget it: --drop."


def _progress(state: State) -> str:
    judged = f"{state.done + state.failed} of {state.total} rejudged"
    failed = f", {state.failed} of which in vain: they stay as they are" if state.failed else ""
    return f"{judged}{failed}; {_count(state.changes, 'verdict')} would change."


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _words(change: Change) -> str:
    versions = f"version {change.old_number} -> {change.number}"
    return f"{change.submission_id}\t{change.email or 'a guest'}\t{change.before} -> {change.after}\t{versions}"


def _under_way(session: Session, slug: str) -> Rejudging:
    problem: Problem = rejudging.find(session, slug)[0]
    found = rejudging.under_way(session, problem)
    if found is None:
        raise Conflict(f"{slug} is not being rejudged. Begin with --dry-run.")
    return found


def _who(session: Session, email: str) -> User:
    found = accounts.find_by_email(session, email)
    if found is None:
        raise NotFound(f"There is no account {email}.")
    return found
