"""The pages: one folder a page, with its blueprint, its views and its templates."""

from __future__ import annotations

from importlib import import_module

from flask import Flask

from trainer.pages.assets import init_assets

PAGES = (
    "front", "accounts", "problems", "where_is", "problem", "submissions", "interviews", "progress", "mentor",
    "rejudging", "account", "reports", "admin", "workers", "about",
)  # fmt: skip


def init_pages(app: Flask) -> None:
    """Register the blueprint of every page, and what their templates need."""
    init_assets(app)
    for name in PAGES:
        app.register_blueprint(import_module(f"trainer.pages.{name}").blueprint)
