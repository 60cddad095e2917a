"""`python -m sandbox.engine [--images]`: have an engine, and the images of all languages on it."""

import sys

import click

from sandbox.engine import ensure_engine
from sandbox.errors import SandboxError
from sandbox.images import build_all
from sandbox.steps import StepFailed, Steps


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--images", is_flag=True, help="Build the images of the boxes, too, where their inputs changed.")
def main(images: bool) -> None:
    """Use the container engine that answers; without one, install and start Debian's."""
    try:
        steps = Steps()
        ensure_engine(steps)
        for name in build_all(steps) if images else ():
            steps.say(f"Image: {name}")
    except (SandboxError, StepFailed) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main(prog_name="python -m sandbox.engine")
