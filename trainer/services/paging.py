"""Long lists in pages: what is on one, and which others there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

PAGE = 50
"""So many entries stand on a page."""
Item = TypeVar("Item")
AnySelect = TypeVar("AnySelect", bound=sa.Select[*tuple[Any, ...]])


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some entries of a list. `number` counts from 1; `total` are the entries of all pages."""

    items: tuple[Item, ...]
    number: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.pages else None

    @property
    def previous(self) -> int | None:
        return min(self.number - 1, self.pages) if self.number > 1 else None


def count(session: Session, query: AnySelect) -> int:
    """How many rows a query finds, whatever its order."""
    return session.scalar(sa.select(sa.func.count()).select_from(query.order_by(None).subquery())) or 0


def on_page(query: AnySelect, number: int) -> AnySelect:
    """The rows of one page."""
    return query.limit(PAGE).offset((number - 1) * PAGE)
