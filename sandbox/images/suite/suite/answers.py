"""One answer of the service, and the expectations that suites have of it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from suite.cookies import Cookie, parsed
from suite.expectations import Mismatch, shown

MOST_TEXT = 2000
"""Characters of a body that a transcript keeps."""
MOST_HEADERS = 20
_MISSING = object()
_KIND_OF_JSON = re.compile(r"application/[a-z0-9.-]+\+json")


@dataclass
class Exchange:
    """A request and its answer, as the transcript shows them. `status` 0: none came; `note` says why."""

    method: str
    path: str
    request_headers: list[list[str]]
    request_body: str
    status: int = 0
    headers: list[list[str]] = field(default_factory=list)
    body: str = ""
    ms: int = 0
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Answer:
    """What the service answered. Expectations raise Mismatch, which names both sides."""

    def __init__(self, status: int, headers: Sequence[tuple[str, str]], content: bytes, exchange: Exchange) -> None:
        self.status = status
        self.headers = _joined(headers)
        self.content = content
        self.exchange = exchange
        self._lines = headers

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", "replace")

    @property
    def json(self) -> Any:
        """The body as JSON. Raises Mismatch."""
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError):
            raise Mismatch("a JSON body", shown(self.text) if self.content else "an empty body") from None

    def status_is(self, *wanted: int) -> Answer:
        """One of these. Gives itself back: `api.get("/x").status_is(200).field("id")`."""
        if self.status not in wanted:
            raise Mismatch("status " + " or ".join(map(str, wanted)), f"status {self.status}")
        return self

    def header(self, name: str) -> str:
        """A header's text; several of a name are joined by ", ". Raises Mismatch where it is missing."""
        found = self.headers.get(name.lower())
        if found is None:
            raise Mismatch(f"a header {name}", "none")
        return found

    def header_is(self, name: str, *wanted: str) -> Answer:
        found = self.header(name)
        if found not in wanted:
            raise Mismatch(f"{name}: " + " or ".join(wanted), f"{name}: {found}")
        return self

    def lines(self, name: str) -> list[str]:
        """The text of each header of this name, as it came: for Set-Cookie, which cannot be joined."""
        return [text for known, text in self._lines if known.lower() == name.lower()]

    def words(self, name: str) -> set[str]:
        """What a header lists between commas, in one line or in several: the methods of Allow. Empty without one."""
        return {word for line in self.lines(name) for word in re.split(r"[\s,]*,[\s,]*", line.strip(" \t,")) if word}

    def cookie(self, name: str) -> Cookie:
        """What Set-Cookie says of a cookie: its `value`, its `attributes` in small letters. Raises Mismatch."""
        found = [one for one in map(parsed, self.lines("Set-Cookie")) if one and one.name == name]
        if not found:
            raise Mismatch(f"a cookie called {name}", "none")
        return found[-1]

    def has_no_header(self, name: str) -> Answer:
        if name.lower() in self.headers:
            raise Mismatch(f"no header {name}", f"{name}: {self.headers[name.lower()]}")
        return self

    def type_is(self, media_type: str) -> Answer:
        """The content type, whatever its charset. Kinds of JSON, such as application/problem+json, are JSON, too."""
        found = self.headers.get("content-type", "none").split(";")[0].strip().lower()
        is_kind = media_type == "application/json" and _KIND_OF_JSON.fullmatch(found)
        if found != media_type and not is_kind:
            raise Mismatch(f"content type {media_type}", found)
        return self

    def object(self) -> dict[str, Any]:
        """The body as a JSON object. Raises Mismatch."""
        value = self.json
        if not isinstance(value, dict):
            raise Mismatch("a JSON object", shown(value))
        return value

    def list(self) -> list[Any]:
        """The body as a JSON list. Raises Mismatch."""
        value = self.json
        if not isinstance(value, list):
            raise Mismatch("a JSON list", shown(value))
        return value

    def field(self, path: str, kind: type | None = None) -> Any:
        """What stands in the body at `user.id` or `items.0.name`. Raises Mismatch where it is missing or no `kind`."""
        value: Any = self.json
        for part in path.split("."):
            value = _inside(value, part)
            if value is _MISSING:
                raise Mismatch(f"a field {path!r}", shown(self.json))
        if kind is not None and (not isinstance(value, kind) or (isinstance(value, bool) and kind is int)):
            raise Mismatch(f"{path} as {kind.__name__}", shown(value))
        return value

    def field_is(self, path: str, wanted: Any) -> Answer:
        """Exactly this value, of this type: 1 is not true, and not 1.0 either. Where 2.0 is wanted, 2 is the same."""
        found = self.field(path)
        is_number = type(wanted) is float and type(found) is int
        if (type(found) is not type(wanted) and not is_number) or found != wanted:
            raise Mismatch(f"{path} = {shown(wanted)}", f"{path} = {shown(found)}")
        return self

    def has_no_field(self, name: str) -> Answer:
        found = self.object()
        if name in found:
            raise Mismatch(f"no field {name!r}", shown(found))
        return self

    def lacks(self, text: str, what: str) -> Answer:
        """The answer says this nowhere, neither in its body nor in its headers; `what` is the word for it."""
        if text in self.text or any(text in value for value in self.headers.values()):
            raise Mismatch(f"nothing of {what}", f"an answer with {what} in it")
        return self


def _joined(headers: Sequence[tuple[str, str]]) -> dict[str, str]:
    """By their names in small letters."""
    found: dict[str, str] = {}
    for name, text in headers:
        name = name.lower()
        found[name] = f"{found[name]}, {text}" if name in found else text
    return found


def _inside(value: Any, part: str) -> Any:
    if isinstance(value, dict):
        return value.get(part, _MISSING)
    if isinstance(value, list) and part.isdecimal() and int(part) < len(value):
        return value[int(part)]
    return _MISSING
