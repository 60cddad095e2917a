"""Answers of several files as one text: a JSON object of paths and contents, checked where it is read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from trainer.errors import InputError

PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}")
DEEPEST = 5
_ODD = re.compile("[\0\ud800-\udfff]")
MOST_FILES = 60
MOST_BYTES = 64 * 1024


def without_mark(text: str) -> str:
    """The text without the byte-order mark that some editors put before it: it is no part of a program."""
    return text.lstrip("\ufeff")


def pack(files: Mapping[str, str]) -> str:
    """The same files give the same text, a file a line, so that two answers can be compared."""
    return json.dumps(dict(sorted(files.items())), ensure_ascii=False, indent=0) + "\n"


def unpack(source: str) -> dict[str, str]:
    """The files. Raises InputError, which names the file and the fix."""
    try:
        files = json.loads(without_mark(source))
    except (ValueError, RecursionError) as error:
        raise InputError(f"The files are no JSON: {error}"[:300]) from None
    if not isinstance(files, dict) or not files:
        raise InputError("There are no files: send a JSON object with a text for each path.")
    if len(files) > MOST_FILES:
        raise InputError(f"There are {len(files)} files; at most {MOST_FILES} are taken.")
    for path, text in files.items():
        if complaint := path_complaint(path):
            raise InputError(f"{path[:80]!r}: {complaint}")
        if not isinstance(text, str) or _ODD.search(text):
            raise InputError(f"{path}: only text can be kept, without NUL and halves of characters.")
    _refuse_clashes(files)
    if sum(len(text.encode()) for text in files.values()) > MOST_BYTES:
        raise InputError(f"The files have more than {MOST_BYTES // 1024} KB together.")
    return {path: without_mark(text) for path, text in files.items()}


def path_complaint(path: str) -> str:
    """What is wrong with a path, or nothing."""
    parts = path.split("/")
    if len(parts) > DEEPEST:
        return f"at most {DEEPEST - 1} folders lie in each other."
    if not all(PART.fullmatch(part) and ".." not in part for part in parts):
        return "letters, digits, '_', '-' and '.' only, no folder above, no dot first."
    return ""


def _refuse_clashes(files: Mapping[str, str]) -> None:
    for path in files:
        above = path.rpartition("/")[0]
        while above:
            if above in files:
                raise InputError(f"{above} is a file and a folder at once: rename one of them.")
            above = above.rpartition("/")[0]
