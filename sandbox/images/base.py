"""The base of all images: pulled where a registry can be reached, else made from Debian's own packages."""

from __future__ import annotations

from sandbox.backends.image_store import ImageError, ImageStore
from sandbox.images.debootstrap import make_root
from sandbox.steps import Steps

BASE = "debian:bookworm-slim"
SUITE = "bookworm"


def ensure_base(store: ImageStore, steps: Steps, name: str = BASE) -> None:
    """Have the base image, under this name. Raises ImageError, StepFailed, SetupImpossible."""
    if store.has(name) or pull(store, steps, name):
        return
    make(store, steps, name)


def pull(store: ImageStore, steps: Steps, name: str) -> bool:
    """Whether the registry gave it."""
    try:
        with steps.step(f"Pulling {name}") as log:
            store.pull(name, log)
    except ImageError as error:
        steps.say(f"  {error}")
        return False
    return True


def make(store: ImageStore, steps: Steps, name: str) -> None:
    """Make it with debootstrap. Raises ImageError, StepFailed, SetupImpossible."""
    with make_root(SUITE, steps) as tar, steps.step(f"Importing {name}"):
        store.import_root(name, tar)
