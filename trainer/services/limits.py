"""How much a student may send at once."""

from __future__ import annotations

from trainer.languages import FILES

CODE_BYTES = 64 * 1024
FILES_BYTES = 160 * 1024
"""Files hold 64 KB together, and are longer as JSON."""


def source_limit(language: str) -> int:
    """The largest source in bytes."""
    return FILES_BYTES if language == FILES else CODE_BYTES
