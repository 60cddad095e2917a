"""Lets a wheel carry the built assets and the bank, so that installing it needs no Node and no checkout."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontendHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling loads the class by its base, bare
    """Runs before the files of a wheel are gathered. An editable install has none: it uses those of its checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        runpy.run_path(str(Path(self.root, "trainer", "frontend", "bundle.py")))["build"]()
        build_data["force_include"][str(Path(self.root, "problems"))] = "trainer/_problems"
