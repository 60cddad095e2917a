"""Addresses of built files."""

from __future__ import annotations

import json
import re
from pathlib import Path

from flask import Flask

from trainer.pages.assets import STATIC, STYLES, Bundle, static_address

MANIFEST = {
    "site.ts": {"file": "site-A.js", "imports": ["chunk-B.js"]},
    "styles.css": {"file": "styles-C.css"},
    "icons.svg": {"file": "icons-D.svg"},
}
FRONTEND = STATIC.parent / "frontend"


def test_an_entry_knows_its_file_and_what_it_needs(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps(MANIFEST))
    bundle = Bundle.read(tmp_path)
    with app.test_request_context():
        found = bundle.asset("site.ts")
        assert found
        assert found.file == "/static/built/site-A.js"
        assert found.imports == ("/static/built/chunk-B.js",)
        assert bundle.address("icons.svg") == "/static/built/icons-D.svg"


def test_without_a_build_pages_have_no_scripts_but_their_styles(app: Flask, tmp_path: Path) -> None:
    bundle = Bundle.read(tmp_path)
    assert bundle.asset("site.ts") is None
    with app.test_request_context():
        for name in ("icons.svg", *STYLES):
            assert bundle.address(name) == static_address(name)
            assert re.fullmatch(rf"/static/{re.escape(name)}\?v=[0-9a-f]{{10}}", static_address(name))


def test_what_is_bundled_is_what_is_linked_without_a_build() -> None:
    imported = re.findall(r'@import "../static/(.*)";', (FRONTEND / "styles.css").read_text())
    assert tuple(imported) == STYLES
