"""Run once, when the image is built: compiles the runner, and writes down where the packages of the library lie."""

from __future__ import annotations

import subprocess
from pathlib import Path

HERE = Path("/harness")
GOROOT = Path("/usr/lib/go-1.19")
NAME = "trainer/harness"
INTERNAL = {"internal", "vendor", "cmd"}


def main() -> None:
    """`imports.cfg` names what programs may import, `all.cfg` what a linker needs, the program too."""
    (HERE / "tools").symlink_to(next(GOROOT.glob("pkg/tool/*/compile")).parent)
    library = next(GOROOT.glob("pkg/linux_*/runtime.a")).parent
    found = {path.relative_to(library).with_suffix("").as_posix(): path for path in sorted(library.rglob("*.a"))}
    public = {name: path for name, path in found.items() if INTERNAL.isdisjoint(name.split("/"))}
    own = {NAME: HERE / "harness.a"}
    (HERE / "imports.cfg").write_text(listed(own | public))
    (HERE / "all.cfg").write_text(listed(own | found | {"solution": Path("/tmp/solution.a")}))
    command: list[str | Path] = [HERE / "tools/compile", "-pack", "-complete", "-trimpath", "/harness=>", "-p", NAME]
    subprocess.run([*command, "-importcfg", HERE / "imports.cfg", "-o", own[NAME], "runner.go"], cwd=HERE, check=True)


def listed(packages: dict[str, Path]) -> str:
    return "".join(f"packagefile {name}={path}\n" for name, path in packages.items())


if __name__ == "__main__":
    main()
