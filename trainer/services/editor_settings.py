"""How an account has its editor: read, checked and kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer.clock import now
from trainer.errors import Invalid
from trainer.models import EditorKeys, EditorSettings
from trainer.services import upsert

FONT_PX = range(12, 25)
TAB_WIDTHS = (2, 4, 8)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Size of the letters, columns of an indent, whose keys, and what is switched on."""

    font_px: int = 13
    tab_width: int = 4
    keys: EditorKeys = EditorKeys.STANDARD
    wrap: bool = True
    completion: bool = True

    def as_json(self) -> str:
        """As the editor's script reads it."""
        return json.dumps(asdict(self))


def from_form(fields: Mapping[str, str]) -> Chosen:
    """What a form chooses. A switch that is off is not sent. Raises Invalid."""
    return Chosen(
        font_px=_number(fields, "font_px", FONT_PX, f"A size is a number from {FONT_PX[0]} to {FONT_PX[-1]}."),
        tab_width=_number(fields, "tab_width", TAB_WIDTHS, "An indent has 2, 4 or 8 columns."),
        keys=_keys(fields.get("keys", "")),
        wrap=_switch(fields, "wrap"),
        completion=_switch(fields, "completion"),
    )


def find(session: Session, user_id: int) -> Chosen | None:
    """What an account has chosen, or None where it never has."""
    row = session.scalar(sa.select(EditorSettings).where(EditorSettings.user_id == user_id))
    return None if row is None else Chosen(row.font_px, row.tab_width, row.keys, row.wrap, row.completion)


def keep(session: Session, user_id: int, chosen: Chosen) -> None:
    values = asdict(chosen) | {"saved_at": now()}
    upsert.put(session, EditorSettings, [EditorSettings.user_id], {"user_id": user_id} | values, values)


def _number(fields: Mapping[str, str], name: str, allowed: range | tuple[int, ...], rule: str) -> int:
    text = fields.get(name, "")
    if text not in [str(number) for number in allowed]:
        raise Invalid(rule, field=name)
    return int(text)


def _keys(text: str) -> EditorKeys:
    if text not in list(EditorKeys):
        raise Invalid("Keys are standard, vim or emacs.", field="keys")
    return EditorKeys(text)


def _switch(fields: Mapping[str, str], name: str) -> bool:
    if fields.get(name, "1") != "1":
        raise Invalid("A switch is sent as 1, or not at all.", field=name)
    return name in fields
