"""What a judgement depends on in this installation, so that others can tell whether it would still be the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sandbox.images.inputs import image_name

__all__ = ["host_modules", "image_name"]

HERE = Path(__file__).parent


def host_modules() -> Iterator[tuple[str, Path]]:
    """The modules that conduct and judge on the host, each with its name below `sandbox/`. Boxes' code is in images."""
    for path in sorted([*HERE.glob("*.py"), *(HERE / "checkers").glob("*.py"), *(HERE / "languages").glob("*.py")]):
        yield f"sandbox/{path.relative_to(HERE).as_posix()}", path
