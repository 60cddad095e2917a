"""The part of the package format that depends on the kind: a module each, one table."""

from __future__ import annotations

from collections.abc import Mapping

from trainer.bank.formats import function, sql
from trainer.bank.formats.base import Format

FORMATS: Mapping[str, Format] = {"function": function, "sql": sql}

__all__ = ["FORMATS", "Format"]
