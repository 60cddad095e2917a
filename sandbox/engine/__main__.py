"""`python -m sandbox.engine [--images]`: have an engine, and the images of all languages on it."""

import sys

from sandbox.engine import ensure_engine
from sandbox.errors import SandboxError
from sandbox.images import build_all
from sandbox.steps import StepFailed, Steps


def main(*options: str) -> None:
    steps = Steps()
    ensure_engine(steps)
    if "--images" in options:
        for name in build_all(steps):
            steps.say(f"Image: {name}")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except (SandboxError, StepFailed) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
