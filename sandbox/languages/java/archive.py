"""Makes the archives of the image, while it is built: the classes that the compiler and a case load, as they are then.

With them the virtual machine starts in half the time. It takes no archive that was made for another setting, so they
are made by the commands that boxes start, with a program that uses what programs use.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from sandbox.executables.flat import encode_arguments
from sandbox.executables.run import ARTIFACT_FD, ENVIRONMENT, INPUT_FD
from sandbox.harness.bounds import Bounds
from sandbox.harness.child import CODE_FD, REPORT_FD
from sandbox.languages.java.serve import HOME, JAVA, USUAL, command, compiler, described

BOUNDS = Bounds(memory_mib=416, cpus=1.0, pids=64, scratch_mib=32, scratch_files=None)
SIGNATURE = {
    "constructor": {
        "name": "Usual",
        "parameters": [["rows", ["list", "int"]], ["names", ["dict", ["list", "str"]]], ["ratio", "float"]],
        "returns": "None",
        "in_place": None,
    },
    "methods": [
        {
            "name": "run_all",
            "parameters": [["n", ["optional", "int"]], ["head", "ListNode"], ["root", "TreeNode"]],
            "returns": ["dict", "str"],
            "in_place": None,
        },
    ],
}
CALLS = [["Usual", [3, 1, 2], {"a": ["b"]}, 0.5], *[["run_all", n, [1, 2], [1, None, 2]] for n in range(20)]]


def main() -> None:
    source = Path(HOME, "Usual.java").read_text()
    made = start(compiler(BOUNDS), "Compile", {INPUT_FD: described(SIGNATURE, source)}, CODE_FD)
    start(command(BOUNDS), "Run", {INPUT_FD: encode_arguments(SIGNATURE, CALLS), ARTIFACT_FD: made}, REPORT_FD)


def start(started: tuple[str, ...], name: str, files: dict[int, bytes], result: int) -> bytes:
    """Have one of the two work, and archive what it loaded. What it wrote at the descriptor `result`."""
    with tempfile.TemporaryDirectory() as place:
        loaded, archive = f"{place}/loaded", f"{HOME}/{name}.jsa"
        paths = {fd: Path(place, str(fd)) for fd in (*files, REPORT_FD, CODE_FD)}
        for fd, path in paths.items():
            path.write_bytes(files.get(fd, b""))
        opened = " ".join(f"{fd}<>{path}" for fd, path in paths.items())
        work = (*started[:-1], f"-XX:DumpLoadedClassList={loaded}", started[-1])
        work = tuple(word for word in work if not word.startswith("-XX:SharedArchiveFile="))
        subprocess.run(["sh", "-c", f'exec "$@" {opened}', "sh", *work], env=ENVIRONMENT, check=True)
        made = paths[result].read_bytes()
        dump = ("-Xshare:dump", f"-XX:SharedClassListFile={loaded}", f"-XX:SharedArchiveFile={archive}")
        subprocess.run([JAVA, *dump, *USUAL[:1], "-Xmx256m", *started[-3:-1]], env=ENVIRONMENT, check=True)
    if not made:
        raise RuntimeError(f"{name}: it did not work")
    return made


if __name__ == "__main__":
    main()
