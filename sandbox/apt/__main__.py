"""`python -m sandbox.apt PACKAGE…`: install what is missing and start none of it, or say what to install."""

from __future__ import annotations

import sys

from sandbox.apt import install
from sandbox.errors import SandboxError
from sandbox.steps import StepFailed, Steps


def main(*packages: str) -> None:
    """What cannot be installed is no error here: the tests that need it fail, or are skipped, and say so."""
    try:
        install(Steps(), *packages, with_services=False)
    except (SandboxError, StepFailed) as error:
        print(error)


if __name__ == "__main__":
    main(*sys.argv[1:])
