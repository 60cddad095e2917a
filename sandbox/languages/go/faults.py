"""Reads what Go's runtime prints where a program ends by an error that nobody could catch.

Those are panics of other goroutines, panics while packages begin, deadlocks, full stacks and maps that two goroutines
write. What is printed then is the runtime's, so it is told as an error and taken out of the output. A program that
prints the same tells of itself.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace

from sandbox.harness.programs import Ended

CRASHED = 2
MOST_FRAMES, MOST_MESSAGE = 20, 2000
STACK_FULL = b"runtime: goroutine stack exceeds "
_HEAD = re.compile(rb"^(panic|fatal error): (.*)$", re.MULTILINE)
_FRAME = re.compile(rb"^solution\.(\S+)\((?:[^\n]*)\)\n\t(?:\S*/)?solution\.go:(\d+)", re.MULTILINE)
_CREATED = re.compile(rb"^created by ", re.MULTILINE)


def seen_as(ended: Ended) -> Ended:
    """The same, or, where the runtime has ended the program, a report of that."""
    if ended.report or ended.end not in ("ended", "output"):
        return ended
    if ended.end == "ended" and not (os.WIFEXITED(ended.status) and os.WEXITSTATUS(ended.status) == CRASHED):
        return ended
    head = _head(ended.stderr)
    if head is None:
        return ended
    begin = ended.stderr.rfind(STACK_FULL, 0, head.start())
    kept = ended.stderr[: begin if begin >= 0 else head.start()]
    if ended.end == "output" and len(ended.stdout) + len(kept) > len(ended.stderr) - len(kept):
        return ended  # the program's own output was too much
    return replace(ended, end="ended", stderr=kept, report=json.dumps(_report(head, ended.stderr)).encode())


def _head(stderr: bytes) -> re.Match[bytes] | None:
    """The first line of what the runtime printed, which is the last thing that is printed."""
    return next(reversed(list(_HEAD.finditer(stderr))), None)


def _report(head: re.Match[bytes], stderr: bytes) -> dict[str, object]:
    kind, message = head[1].decode(), head[2].decode("utf-8", "replace")
    if message.startswith("runtime error: "):
        kind, message = "runtime error", message.removeprefix("runtime error: ")
    message = re.sub(r" \[recovered\]$|^main\.|^solution\.", "", message)[:MOST_MESSAGE]
    frames = list(_frames(stderr[head.end() :]))
    if message == "stack overflow":
        del frames[:1]  # a call that has not begun
    steps = "".join(f"  line {line}, in {name}\n" for name, line in reversed(frames[:MOST_FRAMES]))
    line = frames[0][1] if frames else None
    error = {"type": kind, "message": message, "line": line, "trace": f"{steps}{kind}: {message}", "call": None}
    return {"status": "raised", "error": error}


def _frames(listed: bytes) -> Iterator[tuple[str, int]]:
    """The program's own calls of the first goroutine, the innermost first."""
    begin = listed.find(b"\ngoroutine ")
    end = listed.find(b"\n\n", begin + 1)
    first = listed[begin : end if end >= 0 else len(listed)]
    if created := _CREATED.search(first):
        first = first[: created.start()]
    for found in _FRAME.finditer(first):
        yield found[1].decode("utf-8", "replace"), int(found[2])
