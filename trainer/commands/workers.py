"""`trainer workers`: who judges."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import click

from trainer.commands.application import application
from trainer.commands.common import settings
from trainer.db import db
from trainer.services import workers as service
from trainer.services.workers import Known


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
def workers(as_json: bool) -> None:
    """List the processes that judge: name, state, judges, boxes, memory, sorts of boxes, version, last sign of life.

    Sorts of boxes that a worker cannot have stand behind its state, with the reason: what takes them waits. Those that
    ended are listed for an hour. Exit code 1 where nobody can judge anything.
    """
    with application(settings()), db.reading() as session:
        known = service.listed(session)
    if as_json:
        click.echo(json.dumps([_facts(one) for one in known], indent=2))
    else:
        for one in known:
            click.echo("\t".join(_words(one)))
        if not known:
            click.echo("No worker is there.")
    if not any(one.can_judge for one in known):
        raise click.exceptions.Exit(1)


def _facts(one: Known) -> dict[str, Any]:
    row = one.row
    return {
        "name": row.name,
        "state": _state(one),
        "message": row.message,
        "judges": row.judges,
        "max_boxes": row.max_boxes,
        "max_memory_mib": row.max_memory_mib,
        "sorts": row.sorts,
        "troubles": row.troubles,
        "boxes": "single" if row.why_single else "kept",
        "warm": row.warm,
        "version": row.version,
        "started_at": row.started_at.isoformat(),
        "seen_s_ago": round(one.silent_s, 1),
    }


def _words(one: Known) -> list[str]:
    row = one.row
    return [
        row.name,
        ": ".join((_state(one), *_why(one))),
        f"{row.judges} at once",
        f"{row.max_boxes} boxes",
        f"{row.max_memory_mib} MiB",
        ", ".join(row.sorts) or "no boxes",
        row.version,
        f"seen {one.silent_s:.0f} s ago",
    ]


def _why(one: Known) -> Iterator[str]:
    """What a worker that is there cannot do, and why."""
    lost = [f"no {sort}, {why}" for sort, why in one.row.troubles.items()] if one.can_judge else []
    said = [one.row.message, *lost] if one.is_present else []
    if any(said):
        yield "; ".join(filter(None, said))


def _state(one: Known) -> str:
    if one.can_judge:
        return "judges"
    if one.is_present:
        return "no boxes"
    return "stopped" if one.row.stopped_at else "silent"
