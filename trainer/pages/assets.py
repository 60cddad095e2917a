"""What every template may call: addresses of built files, icons, and the words of `trainer.pages.words`.

Built files carry a hash in their name (the bundle's manifest knows it); the others are asked for with their hash as a
query, so that both may be cached for ever.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from flask import Flask, request, url_for

from trainer.pages import words
from trainer.pages.editor import editor_chosen, editor_saved, schema_names
from trainer.pages.highlight import highlighted
from trainer.web.delivery import STATIC
from trainer.web.runtime import runtime

STYLE = "styles.css"
"""All of them in one, with the fonts, where it was built."""
STYLES = ("css/tokens.css", "css/components.css", "css/site.css", "css/work.css", "css/pages.css", "css/interview.css")
THEMES = ("light", "dark")
READING_FONTS = ("fonts/inter-latin-wght-normal.woff2",)


@dataclass(frozen=True, slots=True)
class Asset:
    """One entry of the bundle: addresses of its file, and of what it needs at once."""

    file: str
    imports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bundle:
    """The built files by entry. Empty where nothing was built: pages then work as without scripts."""

    entries: Mapping[str, Asset] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Bundle:
        """Read the manifest that the build wrote beside its files."""
        path = folder / "manifest.json"
        if not path.is_file():
            return cls()
        return cls(
            {
                name: Asset(facts["file"], tuple(facts.get("imports", ())))
                for name, facts in json.loads(path.read_text()).items()
            }
        )

    def asset(self, name: str) -> Asset | None:
        """The entry with addresses as a browser asks for them, or None where it is not built."""
        found = self.entries.get(name)
        return found and Asset(_built(found.file), tuple(_built(i) for i in found.imports))

    def address(self, name: str) -> str:
        """Address of a style sheet or a picture: as it was built, or else as it lies in trainer/static."""
        found = self.entries.get(name)
        return _built(found.file) if found else static_address(name)


def init_assets(app: Flask) -> None:
    """Give the templates of an app their helpers."""
    bundle = Bundle.read(STATIC / "built")
    app.jinja_env.globals.update(
        asset=bundle.asset,
        static=bundle.address,
        styles=(STYLE,) if STYLE in bundle.entries else STYLES,
        fonts=READING_FONTS,
        mod_key=mod_key,
        theme=theme,
        editor_chosen=editor_chosen,
        editor_saved=editor_saved,
    )
    app.jinja_env.globals.update(words.GLOBALS, languages=lambda: words.all_languages(runtime().config.offered))
    app.jinja_env.filters.update(
        words.FILTERS, highlighted=highlighted, schema_names=schema_names, topic=topic, topics=topics
    )


def static_address(name: str) -> str:
    """Address of a file of trainer/static, with its hash."""
    return url_for("static", filename=name, v=_digest(name))


def mod_key() -> str:
    """What the browser's keyboard calls the key that shortcuts begin with."""
    system = request.headers.get("User-Agent", "")
    return "⌘" if "Mac OS" in system or "iPhone" in system or "iPad" in system else "Ctrl"


def theme() -> str:
    """The theme that this device chose, or empty: as the system wishes."""
    chosen = request.cookies.get("theme", "")
    return chosen if chosen in THEMES else ""


def topic(slug: str) -> str:
    """A topic's title. One that the bank no longer lists goes by its id."""
    found = next((t.title for t in runtime().topics if t.id == slug), None)
    return found or slug.replace("-", " ").capitalize()


def topics(slugs: Sequence[str]) -> str:
    """Several topics in one line: Sliding window, queues."""
    return words.in_line([topic(slug) for slug in slugs])


def _built(name: str) -> str:
    return url_for("static", filename=f"built/{name}")


@lru_cache
def _digest(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
