"""What a trainer that has ended may not leave behind."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tests.chaos.stage import Stage


def left_over(stage: Stage) -> Iterator[str]:
    """A sentence for each box, mount and process.

    A process of a box is told by its control group, which has the name of the box. Numbers of namespaces tell nothing:
    the kernel gives them again, perhaps to a box of another engine. One of the trainer is told by its settings.
    """
    yield from (f"{box['Names']} is left" for box in stage.boxes.all())
    yield from (f"a mount is left: {place}" for place in sorted(stage.boxes.mounts() - stage.boxes.mounted_before))
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile
            groups = set(re.split(r"[/\n.-]", (process / "cgroup").read_text()))
            yield from (f"process {process.name} of box {box} is left" for box in stage.boxes.seen & groups)
            if os.fsencode(f"TRAINER_HOME={stage.home}/") in (process / "environ").read_bytes():
                yield f"process {process.name} of the trainer is left: {_command(process)}"


def _command(process: Path) -> str:
    return (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
