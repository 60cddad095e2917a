"""What a shell completes: names of the bank's problems."""

from __future__ import annotations

import os
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from trainer.config import Config


class Slug(click.ParamType[str]):
    """The name of a problem in the bank's folder. Which there are is looked up only where a shell asks."""

    name = "slug"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        folder = Path(os.environ.get("TRAINER_PROBLEMS") or Config().problems)
        found = sorted(path.parent.name for path in folder.glob("*/problem.md"))
        return [CompletionItem(slug) for slug in found if slug.startswith(incomplete)]


SLUG = Slug()
