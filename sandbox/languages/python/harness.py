"""Entry of the box, its PID 1: gives the modules beside it the names they have in the repository, and starts.

In the box there is no repository: all files of this folder lie flat beside this one, and Python is started isolated,
so that nothing a student writes can stand in for a module of ours.
"""

import importlib
import os
import sys
import types

PACKAGE = "sandbox.languages.python"


def name_packages() -> None:
    """Let `sandbox.languages.python.x` be found here, without putting this folder on the path."""
    here = os.path.dirname(os.path.abspath(__file__))
    parts = PACKAGE.split(".")
    for depth in range(len(parts)):
        package = types.ModuleType(".".join(parts[: depth + 1]))
        package.__path__ = [here]
        sys.modules[package.__name__] = package


if __name__ == "__main__":
    name_packages()
    importlib.import_module(f"{PACKAGE}.serve").main()
