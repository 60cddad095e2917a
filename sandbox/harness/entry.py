"""Entry of a box, its PID 1: gives the modules there the names they have in the repository, and starts.

In the box there is no repository: the files of the image's folder lie in /harness, those that all images share in
/harness/shared, and those that some share in /harness/executables. Python is started with neither the working folder
nor the user's on its path, so nothing that a student writes can stand in for a module of ours. The argument names the
package that /harness holds.
"""

import importlib
import os
import sys
import types

SHARED = {"sandbox.harness": "shared", "sandbox.executables": "executables"}


def name_package(name: str, folder: str) -> None:
    """Let `name.x` be found in the folder, without putting that on the path."""
    parts = name.split(".")
    for depth in range(len(parts)):
        full = ".".join(parts[: depth + 1])
        package = sys.modules.setdefault(full, types.ModuleType(full))
        package.__path__ = [folder] if full == name else getattr(package, "__path__", [])


if __name__ == "__main__":
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for name, folder in SHARED.items():
        name_package(name, os.path.join(here, folder))
    name_package(sys.argv[1], here)
    importlib.import_module(f"{sys.argv[1]}.serve").main()
