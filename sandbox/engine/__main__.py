"""`python -m sandbox.engine [--images first|all]`: have an engine, and images of boxes on it."""

import sys

import click

from sandbox.engine import ensure_engine
from sandbox.errors import SandboxError
from sandbox.images import build, first_images
from sandbox.images import images as known_images
from sandbox.steps import StepFailed, Steps


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--images",
    type=click.Choice(["first", "all"]),
    help="Build images of the boxes, too, where their inputs changed: all, or the first ones, which every installation"
    " needs. A server builds those of other languages while it serves.",
)
def main(images: str | None) -> None:
    """Use the container engine that answers; without one, install and start Debian's."""
    try:
        steps = Steps()
        ensure_engine(steps)
        wanted = {"first": first_images, "all": known_images}[images]() if images else ()
        for image in wanted:
            steps.say(f"Image: {build(image, steps)}")
    except (SandboxError, StepFailed) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main(prog_name="python -m sandbox.engine")
