"""The part of the package format that depends on the kind: a module each, one table."""

from __future__ import annotations

from collections.abc import Mapping

from trainer.bank.formats import debug, function, quiz, service, sql
from trainer.bank.formats.base import Format

FORMATS: Mapping[str, Format] = {"function": function, "sql": sql, "service": service, "debug": debug, "quiz": quiz}

__all__ = ["FORMATS", "Format"]
