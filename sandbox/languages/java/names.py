"""How names of a signature, which are written as Python's are, are spelled in Java: for starters, and in the box."""

from __future__ import annotations

import re


def spell(name: str) -> str:
    """page_of is pageOf."""
    return re.sub(r"(?<=[A-Za-z0-9])_+([A-Za-z0-9])", lambda found: found[1].upper(), name)
