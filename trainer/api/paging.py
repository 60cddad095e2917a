"""Lists of the API in pages: each answer says where the next one is, in its body and in the header `Link`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from trainer.services.paging import Page


@dataclass(frozen=True, slots=True)
class Links:
    """Where other pages of a list are. `headers` says it as RFC 8288 does."""

    next: str | None
    headers: dict[str, str]


def links_of(page: Page[Any]) -> Links:
    """Of a list whose pages have numbers."""
    before = {"page": page.previous} if page.previous else None
    return _links(first={"page": 1}, prev=before, next={"page": page.next} if page.next else None)


def links_before(oldest: int | None) -> Links:
    """Of a list that goes back from its newest entry. `oldest` is this page's last one, None where no more come."""
    return _links(first={"before": None}, next={"before": oldest} if oldest is not None else None)


def _links(**places: dict[str, Any] | None) -> Links:
    found = {relation: _address(place) for relation, place in places.items() if place is not None}
    header = ", ".join(f'<{address}>; rel="{relation}"' for relation, address in found.items())
    return Links(found.get("next"), {"Link": header})


def _address(place: dict[str, Any]) -> str:
    """The address of the same list at another place, every filter kept."""
    assert request.endpoint is not None
    asked: dict[str, Any] = {key: values for key, values in request.args.lists() if key not in place}
    return url_for(request.endpoint, **(asked | (request.view_args or {}) | place))
