"""What published versions say: read as it was stored when they were published, never by today's rules for packages."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from sandbox.languages import languages
from sandbox.signature import Class, Function
from trainer import kinds
from trainer.bank import stored
from trainer.bank.archives import load_zip
from trainer.bank.formats.function import starters_of
from trainer.bank.package import read_package
from trainer.bank.problem import Problem as Content
from trainer.db import LANGUAGES
from trainer.errors import PackageError, Unreadable
from trainer.models import Problem, ProblemVersion


class _Cache:
    """Contents by version, the last used ones. Versions never change, so nothing here grows stale."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._contents: OrderedDict[str, Content] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> Content | None:
        with self._lock:
            if key in self._contents:
                self._contents.move_to_end(key)
            return self._contents.get(key)

    def put(self, key: str, content: Content) -> None:
        with self._lock:
            self._contents[key] = content
            while len(self._contents) > self._size:
                self._contents.popitem(last=False)


_cache = _Cache(512)


def content(session: Session, version: ProblemVersion) -> Content:
    """What a version says, read once and kept. Raises Unreadable, which names the version.

    Functions can be written in all languages that the session's installation offers, whichever there were when the
    version was published.
    """
    offered = session.info.get(LANGUAGES) or tuple(languages())
    key = f"{version.digest}:{version.problem_id}:{version.content_format}:{' '.join(offered)}"
    found = _cache.get(key)
    if found is None:
        try:
            found = _offered(_read(session, version), offered)
        except Unreadable as error:
            named = f"Version {version.number} of “{version.title}” cannot be read: {error}."
            raise Unreadable(f"{named} It stays as it is, with everything that was sent to it.") from error
        _cache.put(key, found)
    return found


def _offered(found: Content, offered: Collection[str]) -> Content:
    """The same with a starter in each of these languages, and in no other one."""
    signature = found.signature
    if not isinstance(signature, Function | Class):
        return found
    starters = {name: text for name, text in starters_of(signature, found.starters).items() if name in offered}
    return replace(found, starters=starters)


def is_readable(session: Session, version: ProblemVersion) -> bool:
    try:
        content(session, version)
    except Unreadable:
        return False
    return True


def to_read(session: Session, version: ProblemVersion, source: str) -> str:
    """An answer as its author reads it; as it was sent where the version cannot be read."""
    try:
        found = content(session, version)
    except Unreadable:
        return source
    return kinds.get(found.kind).to_read(found, source)


def unstored(session: Session) -> list[int]:
    """Ids of versions whose content is not stored: a release published them that kept their files alone."""
    query = sa.select(ProblemVersion.id).where(ProblemVersion.content_format.is_(None))
    return list(session.scalars(query.order_by(ProblemVersion.id)))


def parse(session: Session, version_id: int) -> Content:
    """A version's content by today's rules, from its files. Raises Unreadable."""
    query = (
        sa.select(ProblemVersion.files, Problem.slug)
        .join(Problem, Problem.id == ProblemVersion.problem_id)
        .where(ProblemVersion.id == version_id)
    )
    row = session.execute(query).one()
    try:
        return read_package(load_zip(row.files, row.slug).files, row.slug, published=True)
    except PackageError as error:
        raise Unreadable(f"it was published under other rules, and today's say: {error.flaws[0]}") from error
    except Exception as error:  # today's rules were not made for it, so they may fail in any way
        raise Unreadable(f"it was published under other rules ({type(error).__name__})") from error


def store(session: Session, version_id: int, found: Content) -> None:
    """Keep a version's content beside its files, for ever. One that is stored already is never replaced."""
    session.execute(
        sa.update(ProblemVersion)
        .where(ProblemVersion.id == version_id, ProblemVersion.content_format.is_(None))
        .values(content=stored.write(found), content_format=stored.FORMAT)
    )


def _read(session: Session, version: ProblemVersion) -> Content:
    query = sa.select(ProblemVersion.content_format, ProblemVersion.content)
    row = session.execute(query.where(ProblemVersion.id == version.id)).one()
    if row.content_format is None or row.content is None:
        return parse(session, version.id)
    return stored.read(row.content_format, row.content)
