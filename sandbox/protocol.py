"""What host and harness say to each other: bodies of frames, built here and read here.

The host sends JSON. The harness answers with a head in JSON and, behind it, what the program wrote, as raw bytes.
The head is the harness's word; the bytes are the student's, and nothing here trusts them.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from sandbox.errors import BoxBroken
from sandbox.model import Case, Job, Json, Limits

PROTOCOL = 2
LENGTH = struct.Struct(">I")
HEAD_LIMIT = 8 << 10
REPORT_SLACK = 16 << 10
ENDS = ("ended", "cpu", "wall", "output", "memory")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the harness saw of one case. `report`, `stdout` and `stderr` are the student's bytes."""

    end: str
    exit: int | None
    signal: int | None
    cpu_us: int
    wall_us: int
    peak_kib: int
    clean: bool
    stdout: bytes
    stderr: bytes
    report: bytes


def load_frame(job: Job) -> bytes:
    """The program, what to call in it and its limits. Sent once; the answer says whether it may be run."""
    limits = {
        "time_limit_s": job.limits.time_limit_s,
        "wall_limit_s": job.limits.wall_limit_s,
        "output_kib": job.limits.output_kib,
        "value_kib": job.limits.value_kib,
    }
    return _json({"source": job.source, "signature": job.signature.spec(), "limits": limits})


def over_frame() -> bytes:
    """No more of this submission: a box that is kept gets ready for the next one. Its holder knows these very bytes."""
    return _json({"over": True})


def is_answer(head: Mapping[str, Json]) -> bool:
    """Is it what a harness says of a program or a case?"""
    return head["event"] in ("loaded", "not compiled", "case", "refused")


def case_frame(case: Case) -> bytes:
    """The input of one case, and nothing else of it."""
    return _json({"arguments": list(case.arguments)})


def answer_limit(limits: Limits) -> int:
    """The longest honest answer, in bytes."""
    return LENGTH.size + HEAD_LIMIT + (limits.output_kib << 10) + (limits.value_kib << 10) + REPORT_SLACK


def read_head(frame: bytes) -> tuple[dict[str, Json], bytes]:
    """Split a frame of the harness. Raises BoxBroken."""
    if len(frame) < LENGTH.size:
        raise BoxBroken("the box sent a frame without a head")
    (length,) = LENGTH.unpack_from(frame)
    if length > HEAD_LIMIT or LENGTH.size + length > len(frame):
        raise BoxBroken("the box sent a frame whose head is longer than the frame")
    try:
        head = json.loads(frame[LENGTH.size : LENGTH.size + length])
    except (ValueError, RecursionError) as error:
        raise BoxBroken("the box sent a head that is no JSON") from error
    if not isinstance(head, dict) or not isinstance(head.get("event"), str):
        raise BoxBroken("the box sent a head without an event")
    if head["event"] == "failed":
        raise BoxBroken(f"the harness failed: {str(head.get('message'))[:500]}")
    return head, frame[LENGTH.size + length :]


def read_loaded(frame: bytes) -> Answer | None:
    """Read the answer to a program: None where it may be run, else how its compilation ended. Raises BoxBroken."""
    head, _ = read_head(frame)
    return None if head["event"] == "loaded" else read_answer(frame, "not compiled")


def read_answer(frame: bytes, event: str = "case") -> Answer:
    """Read what the harness says of one case. Raises BoxBroken where anything is not as agreed."""
    head, rest = read_head(frame)
    if head["event"] != event or head.get("end") not in ENDS or not isinstance(head.get("clean"), bool):
        raise BoxBroken(f"the box answered with {head['event']!r} where {event!r} was expected")
    stdout, stderr, report = _parts(head, rest)
    return Answer(
        end=head["end"],
        exit=None if head.get("exit") is None else _count(head, "exit"),
        signal=None if head.get("signal") is None else _count(head, "signal"),
        cpu_us=_count(head, "cpu_us"),
        wall_us=_count(head, "wall_us"),
        peak_kib=_count(head, "peak_kib"),
        clean=head["clean"],
        stdout=stdout,
        stderr=stderr,
        report=report,
    )


def _parts(head: dict[str, Json], rest: bytes) -> list[bytes]:
    lengths = head.get("parts")
    if not isinstance(lengths, list) or len(lengths) != 3 or not all(_is_count(n) for n in lengths):
        raise BoxBroken("the box did not say how long its parts are")
    if sum(lengths) != len(rest):
        raise BoxBroken("the box sent parts that are not as long as it says")
    first, second = lengths[0], lengths[0] + lengths[1]
    return [rest[:first], rest[first:second], rest[second:]]


def _count(head: dict[str, Json], key: str) -> int:
    value = head.get(key)
    if not _is_count(value):
        raise BoxBroken(f"the box sent no count as {key}")
    return value


def _is_count(value: Any) -> TypeGuard[int]:
    return type(value) is int and 0 <= value < 1 << 60


def _json(value: Json) -> bytes:
    return json.dumps(value).encode()
