"""Build the images that are not there yet, and remove those that nothing needs any more."""

from __future__ import annotations

import time

from sandbox.apt import proxies
from sandbox.backends.image_store import ImageError, ImageStore
from sandbox.images.base import BASE, ensure_base
from sandbox.images.context import build_context
from sandbox.images.inputs import Recipe, images, recipe
from sandbox.steps import Steps

LABEL = "trainer.image"
KEPT_S = 24 * 3600


def build_all(steps: Steps, store: ImageStore | None = None) -> list[str]:
    """Build every image. Their names. Raises as `build` does."""
    store = store or ImageStore()
    return [build(image, steps, store) for image in images()]


def build(image: str, steps: Steps, store: ImageStore | None = None, base: str = BASE) -> str:
    """Build an image if there is none of today's inputs. Its full name.

    Raises EngineUnavailable, ImageError, StepFailed.
    """
    return build_recipe(recipe(image), steps, store or ImageStore(), base)


def is_built(image: str, store: ImageStore | None = None) -> bool:
    """Raises EngineUnavailable."""
    return (store or ImageStore()).has(recipe(image).name())


def build_recipe(recipe: Recipe, steps: Steps, store: ImageStore, base: str = BASE) -> str:
    name = recipe.name()
    if store.has(name):
        return name
    ensure_base(store, steps, base)
    with build_context(recipe, steps) as context, steps.step(f"Building {name}") as log:
        begin = log.tell()
        try:
            store.build(name, context, {"BASE": base, **proxies()}, {LABEL: recipe.image}, log)
        except ImageError as error:
            raise ImageError(f"{error}\n{steps.tail(begin)}\nAll of it: {steps.log}") from error
    remove_old(recipe, name, steps, store)
    return name


def remove_old(recipe: Recipe, current: str, steps: Steps, store: ImageStore) -> None:
    """Remove the recipe's images of earlier inputs, unless a container was made from them.

    Those of today stay: another checkout on this machine may be about to use its own.
    """
    used = store.in_use()
    for name in store.tags(recipe.repository):
        if name == current or name in used or store.id_of(name) in used:
            continue
        if time.time() - store.created(name) > KEPT_S:
            store.remove(name)
            steps.say(f"Removed {name}: its inputs changed")
