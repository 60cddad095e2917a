"""`trainer worker` with boxes that take their time and no processor: what it costs beside them is all that is left."""

from __future__ import annotations

import threading

from sandbox import Sandbox
from sandbox.backend import usual_spec
from sandbox.backends.stub import StubBackend
from sandbox.model import Json, Run, RunStatus
from trainer.commands.common import settings
from trainer.commands.worker import judge_until_stopped

BOX_S = 0.1
"""A submission takes so long in its box: all its cases together."""
CASES = 2
"""Of the problem that is judged: its sample and one that is hidden."""


def doubled(_source: str, arguments: tuple[Json, ...]) -> Run:
    """The right answer, after the time that one case takes."""
    threading.Event().wait(BOX_S / CASES)
    (number,) = arguments
    assert isinstance(number, int)
    return Run(RunStatus.RETURNED, value=2 * number, time_ms=1.0, wall_ms=1000 * BOX_S / CASES, memory_mib=10.0)


def main() -> None:
    config = settings()
    boxes = Sandbox(StubBackend(doubled, keeps=True), {usual_spec("python"): config.judges}, config.max_boxes)
    judge_until_stopped(config, boxes)


if __name__ == "__main__":
    main()
