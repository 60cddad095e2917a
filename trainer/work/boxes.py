"""The sandbox as the settings want it, and which boxes it can have now."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sandbox import Sandbox, SandboxSettings
from sandbox.backend import images_of, usual_spec
from trainer.config import Config
from trainer.services.sorts import DATA, PYTHON, SERVICE


def sandbox_settings(config: Config) -> SandboxSettings:
    """What is kept ready, and which images are built while it judges already: Python's first, then those of services.

    Of other languages than Python a box stands ready for an hour after each use.
    """
    others = [name for name in config.offered if name != PYTHON]
    return SandboxSettings(
        backend=config.backend,
        docker_host=config.docker_host or None,
        boxes=config.boxes,
        warm={
            PYTHON: config.warm_boxes,
            DATA: config.warm_data_boxes,
            SERVICE: config.warm_service_boxes,
        },
        builds=(PYTHON, *images_of(usual_spec(SERVICE)), *others),
        max_boxes=config.max_boxes,
        max_memory_mib=config.max_memory_mib,
    )


def troubles(sandbox: Sandbox, sorts: Iterable[str]) -> dict[str, str]:
    """Which of these boxes cannot be had now, and why. It asks no engine: what nobody has tried yet is no trouble."""
    found = {sort: sandbox.why_not(sort) for sort in sorts}
    return {sort: why for sort, why in found.items() if why}


def able(sandbox: Sandbox, sorts: Collection[str]) -> tuple[str, ...]:
    """Which of these boxes can be had now, as far as is known."""
    lost = troubles(sandbox, sorts)
    return tuple(sort for sort in sorts if sort not in lost)
