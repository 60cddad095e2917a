"""Addresses of built files."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Flask

from trainer.pages.assets import Bundle, static_address

MANIFEST = {"site.ts": {"file": "site-A.js", "imports": ["chunk-B.js"]}, "fonts.css": {"file": "fonts-C.css"}}


def test_an_entry_knows_its_file_and_what_it_needs(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps(MANIFEST))
    bundle = Bundle.read(tmp_path)
    with app.test_request_context():
        found = bundle.asset("site.ts")
        assert found
        assert found.file == "/static/built/site-A.js"
        assert found.imports == ("/static/built/chunk-B.js",)


def test_without_a_build_pages_have_no_scripts(tmp_path: Path) -> None:
    assert Bundle.read(tmp_path).asset("site.ts") is None


def test_addresses_of_other_files_carry_their_hash(app: Flask) -> None:
    with app.test_request_context():
        assert static_address("icons.svg").startswith("/static/icons.svg?v=")
