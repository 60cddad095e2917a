"""The sandbox as the settings want it, and which boxes it can have now."""

from __future__ import annotations

from sandbox import Sandbox, SandboxSettings
from trainer.config import Config
from trainer.services.sorts import SORTS


def sandbox_settings(config: Config) -> SandboxSettings:
    return SandboxSettings(
        backend=config.backend,
        docker_host=config.docker_host or None,
        boxes=config.boxes,
        warm={
            "python": config.warm_boxes,
            "data": config.warm_data_boxes,
            "service": config.warm_service_boxes,
        },
        max_boxes=config.max_boxes,
        max_memory_mib=config.max_memory_mib,
    )


def troubles(sandbox: Sandbox) -> dict[str, str]:
    """Sorts of boxes that cannot be had now, and why. It asks no engine: what nobody has tried yet is no trouble."""
    found = {sort: sandbox.why_not(sort) for sort in SORTS}
    return {sort: why for sort, why in found.items() if why}


def able(sandbox: Sandbox) -> tuple[str, ...]:
    """Sorts of boxes that can be had now, as far as is known."""
    lost = troubles(sandbox)
    return tuple(sort for sort in SORTS if sort not in lost)
