"""Answers travel compressed, and static files are kept for ever."""

from __future__ import annotations

import gzip

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from trainer.pages import assets
from trainer.web.delivery import init_delivery

DECODE = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.mark.parametrize("path", ["/how-judging-works", "/api/v1/openapi.json"])
@pytest.mark.parametrize("encoding", DECODE)
def test_pages_and_json_are_compressed_as_it_was_asked(client: FlaskClient, path: str, encoding: str) -> None:
    plain = client.get(path)
    small = client.get(path, headers={"Accept-Encoding": encoding})
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == encoding
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert len(DECODE[encoding](small.data)) > 2 * len(small.data)
    assert int(small.headers["Content-Length"]) == len(small.data)


def test_brotli_is_taken_where_both_are(client: FlaskClient) -> None:
    found = client.get("/how-judging-works", headers={"Accept-Encoding": "gzip, deflate, br, zstd"})
    assert found.headers["Content-Encoding"] == "br"


def test_what_is_refused_or_moved_is_left_alone(client: FlaskClient) -> None:
    for path in ("/nothing", "/progress"):
        assert "Content-Encoding" not in client.get(path, headers={"Accept-Encoding": "br"}).headers


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """An application whose static files are these."""
    folder = tmp_path_factory.mktemp("static")
    text = b"body { color: red }" * 50
    (folder / "site.css").write_bytes(text)
    (folder / "site.css.br").write_bytes(brotli.compress(text))
    (folder / "site.css.gz").write_bytes(gzip.compress(text))
    (folder / "font.woff2").write_bytes(b"wOF2")
    monkeypatch.setattr("trainer.web.delivery.STATIC", folder)
    app = Flask("shop", static_folder=None)
    init_delivery(app)
    return app.test_client()


@pytest.mark.parametrize(("accepted", "encoding"), [("br, gzip", "br"), ("gzip", "gzip"), ("", None)])
def test_a_static_file_is_sent_as_it_was_compressed_ahead(
    shop: FlaskClient, accepted: str, encoding: str | None
) -> None:
    found = shop.get("/static/site.css", buffered=True, headers={"Accept-Encoding": accepted})
    assert found.headers.get("Content-Encoding") == encoding
    assert found.headers["Content-Type"] == 'text/css; charset="utf-8"'
    assert "immutable" in found.headers["Cache-Control"]
    assert found.headers["X-Content-Type-Options"] == "nosniff"
    assert (DECODE[encoding](found.data) if encoding else found.data).startswith(b"body")


def test_a_browser_that_has_a_static_file_gets_no_second_one(shop: FlaskClient) -> None:
    first = shop.get("/static/font.woff2", buffered=True)
    assert first.headers["Content-Type"] == "font/woff2"
    again = shop.get("/static/font.woff2", buffered=True, headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert again.status_code == 304


def test_nothing_beside_the_static_files_is_sent(shop: FlaskClient) -> None:
    for path in ("/static/../delivery.py", "/static/%2e%2e/delivery.py", "/static/", "/static/site.css/"):
        assert shop.get(path, buffered=True).status_code == 404


def test_the_files_of_the_bundle_are_there(client: FlaskClient) -> None:
    for path in assets.STATIC.glob("css/*.css"):
        found = client.get(f"/static/css/{path.name}", buffered=True)
        assert found.data == path.read_bytes()
