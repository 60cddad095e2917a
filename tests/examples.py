"""The example packages of problems/README.md: what authors read is what tests are made of."""

from __future__ import annotations

import re
from pathlib import Path

from trainer.bank.files import Package, package
from trainer.bank.template import files_in

README = (Path(__file__).parents[1] / "problems" / "README.md").read_text(encoding="utf-8")
EXAMPLES = ("A quiz", "A service", "A debugging problem", "A minimal package", "A full package")


def section(heading: str) -> str:
    """The text from a heading of level two to the next example. Headings inside examples stand in fences."""
    begin = README.index(f"\n## {heading}\n")
    ends = (README.find(f"\n## {example}\n", begin + 1) for example in EXAMPLES)
    return README[begin : min((end for end in ends if end > begin), default=len(README))]


def changed(found: Package, slug: str, **files: str | None) -> Package:
    """The package with these files; None takes one away."""
    new = {path: text.encode() for path, text in files.items() if text is not None}
    kept = {path: content for path, content in found.files.items() if path not in files}
    return package(slug, kept | new)


def make_service(slug: str = "keep-a-note", *, reveal: str = "full", **files: str | None) -> Package:
    """A service that keeps notes: one sample step, two hidden ones, the last after a restart."""
    return changed(_example("A service", slug, reveal), slug, **files)


def make_debug(slug: str = "page-two", *, reveal: str = "full", **files: str | None) -> Package:
    """A service whose pages begin too late: one sample step, one hidden one, the cause and the size of the change."""
    return changed(_example("A debugging problem", slug, reveal), slug, **files)


def _example(heading: str, slug: str, reveal: str) -> Package:
    found = dict(files_in(section(heading)))
    found["problem.md"] = re.sub(
        rb"(?m)^minutes:", b"reveal: %s\nminutes:" % reveal.encode(), found["problem.md"], count=1
    )
    return package(slug, found)
