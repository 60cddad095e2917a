"""How answers travel: static files as they were compressed ahead of time, pages and JSON compressed on the fly.

Pages hold a token and echo what is searched for, which together with compression can tell the token to whoever makes
a browser ask again and again (BREACH). The cookie of a session is not sent where another site asks (`SameSite=Lax`).
"""

from __future__ import annotations

from pathlib import Path
from wsgiref.headers import Headers

from flask import Flask
from flask_compress import Compress
from whitenoise import WhiteNoise

STATIC = Path(__file__).resolve().parent.parent / "static"
COMPRESSED = ("text/html", "text/plain", "text/csv", "application/json", "application/problem+json", "image/svg+xml")


def init_delivery(app: Flask) -> None:
    """Must come before whatever else looks at answers: the first one to be registered is the last one to be asked."""
    app.config.update(
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_MIMETYPES=COMPRESSED,
        COMPRESS_STREAMS=False,  # events are sent one by one, and downloads lie in files
    )
    Compress(app)
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=STATIC,
        prefix="static/",
        immutable_file_test=_never_changes,
        add_headers_function=_add_headers,
    )


def _never_changes(_path: str, _url: str) -> bool:
    """Every address of a static file carries a hash of its content."""
    return True


def _add_headers(headers: Headers, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
