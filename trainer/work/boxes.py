"""The sandbox as the settings want it."""

from __future__ import annotations

from sandbox import SandboxSettings
from trainer.config import Config


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
