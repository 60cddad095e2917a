"""Pages of a long list: which one is asked for, and links to the others that keep every filter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from trainer.services.paging import Page

MOST = 100_000


@dataclass(frozen=True, slots=True)
class Pager:
    """What the foot of a list says: "Page 2 of 21". Addresses are empty where there is no such page."""

    number: int
    pages: int
    total: int
    first: str
    previous: str
    next: str
    last: str


def asked_page(name: str = "page") -> int:
    """The page that the address asks for; the first where it asks for none, or for nonsense."""
    text = request.args.get(name, "")
    return min(max(int(text), 1), MOST) if text.isascii() and text.isdigit() and len(text) <= 9 else 1


def pager_of(page: Page[Any], name: str = "page", anchor: str = "") -> Pager:
    """Links of the page that is being shown. Beyond the last one `previous` leads back to it."""
    return Pager(
        number=page.number,
        pages=page.pages,
        total=page.total,
        first=_address(name, 1 if page.number > 1 else None, anchor),
        previous=_address(name, page.previous, anchor),
        next=_address(name, page.next, anchor),
        last=_address(name, page.pages if page.next else None, anchor),
    )


def _address(name: str, number: int | None, anchor: str) -> str:
    """This page's own address, with another page's number. The first page has none."""
    if number is None or request.endpoint is None:
        return ""
    asked: dict[str, Any] = {key: values for key, values in request.args.lists() if key != name}
    values = {**asked, **(request.view_args or {}), **({name: number} if number > 1 else {})}
    return url_for(request.endpoint, _anchor=anchor or None, **values)
