"""Builds images that are missing while everything else goes on, one after the other.

The first start of an installation takes minutes for each language; nobody has to wait for those of other languages.
"""

from __future__ import annotations

import fcntl
import io
import logging
import os
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sandbox.errors import SandboxError
from sandbox.steps import StepFailed, Steps, default_log

log = logging.getLogger(__name__)

BEING_SET_UP = "Being set up"
"""What the reason begins with while an image waits for its turn or is built."""
WAITS = f"{BEING_SET_UP}: other images are built first."
BUILT_NOW = f"{BEING_SET_UP}: its image is being built, which takes some minutes, once."
AGAIN_S = 60.0
"""The pause before an image whose build failed is built again."""

Build = Callable[[str], object]
IsBuilt = Callable[[str], bool]


class BackgroundBuilds:
    """Has these images built, in this order, by a thread. `start` and `stop` may be called once each.

    Whoever builds on the same machine at the same time waits for the other one, and finds what it has built. A build
    that fails is tried again after a pause, behind the others.
    """

    def __init__(self, images: Sequence[str], build: Build, is_built: IsBuilt, again_s: float = AGAIN_S) -> None:
        self._images = tuple(images)
        self._build, self._is_built = build, is_built
        self._again_s = again_s
        self._reasons: dict[str, str] = {}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="images", daemon=True)

    def start(self) -> None:
        """Returns at once, or where nothing is to be built."""
        if self._images:
            self._thread.start()

    def stop(self) -> None:
        """Begin no other image. One that is being built is given up when the process ends."""
        self._stopping.set()

    def why_not(self, images: Sequence[str]) -> str:
        """Why there are no boxes of these images yet; empty where all are built, or nobody has looked yet."""
        reasons = self._reasons.copy()  # the thread that builds removes them
        return next((reasons[image] for image in images if image in reasons), "")

    def _run(self) -> None:
        missing = [image for image in self._images if not self._there(image)]
        self._reasons = dict.fromkeys(missing, WAITS)
        while missing and not self._stopping.is_set():
            missing = [image for image in missing if not self._try(image)]
            if missing:
                self._stopping.wait(self._again_s)

    def _try(self, image: str) -> bool:
        """Build an image. False where that failed or was not begun."""
        if self._stopping.is_set():
            return False
        try:
            with _alone():
                if not self._is_built(image):
                    self._reasons[image] = BUILT_NOW
                    log.info("the image of the boxes %r is being built", image)
                    self._build(image)
        except (SandboxError, StepFailed, OSError) as error:
            self._reasons[image] = f"The image of its boxes could not be built: {_first_line(error)}"
            log.warning("the image %r could not be built, and is built again later: %s", image, error)
            return False
        except Exception as error:  # the others are built all the same
            self._reasons[image] = f"The image of its boxes could not be built: {type(error).__name__}"
            log.exception("the image %r could not be built", image)
            return False
        del self._reasons[image]
        return True

    def _there(self, image: str) -> bool:
        try:
            return self._is_built(image)
        except SandboxError:
            return False  # no engine answers; building says why
        except Exception:  # the thread must outlive what nobody foresaw
            log.exception("nobody knows whether the image %r is built", image)
            return False


def build_quietly(build: Callable[[str, Steps], object]) -> Build:
    """What builds an image without a word: what is said goes to the log of setting up."""
    return lambda image: build(image, Steps(io.StringIO(), default_log()))


@contextmanager
def _alone() -> Iterator[None]:
    """No other process of this user builds an image in the background during the block."""
    path = Path(tempfile.gettempdir(), f"trainer-images-{os.getuid()}.lock")
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
