"""Recording what happens in an interview, small and in the server's order, and reading it afterwards.

Nothing here scores anything. A page says how long ago each of its events was; the server puts them between the last
batch and now, so that forged times can only move events within a few seconds.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, undefer

from trainer.bank.interviews import format_of
from trainer.clock import now
from trainer.errors import Invalid, Unreadable
from trainer.kinds.record import read_record
from trainer.learning.pace import Pace, pace_of
from trainer.learning.replay import (
    WHOLE,
    Edit,
    Look,
    Mark,
    Place,
    Snag,
    State,
    Try,
    longest_snag,
    lost_states,
    seconds_by_step,
)
from trainer.models import Interview, InterviewEvents, InterviewPaste, Purpose, Submission
from trainer.services import attempts, catalogue, upsert
from trainer.services.interviews import sending
from trainer.services.interviews.state import clock_of

MOST_EVENTS = 2_000
"""Of one batch."""
MOST_RECORDED = 8 * 1024 * 1024
"""Bytes of one interview, unpacked; beyond them nothing more is recorded, and the drafts are what is left.

A text that was pasted many times counts many times: so often it stands in the replay.
"""
LEAST_OF_EVENT = 64
"""Each event counts as so many bytes at least, which is what it takes in memory, however short it is."""
PAGE_EVENTS = 10_000
PAGE_BYTES = 1024 * 1024
"""Of one answer of a replay."""
LONG_PASTE = 400
"""Characters that are stored by their hash, once."""
LATEST = timedelta(seconds=60)
"""A batch covers at most so much time before it arrived, whatever it says."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """What happened, in order. Seconds count from the start; `length` is that of the interview.

    `starters` are the texts of which the edits begin, where they are not empty; `steps` are seconds by task and step.
    """

    length: float
    starters: Mapping[Place, str]
    edits: tuple[Edit, ...]
    looks: tuple[Look, ...]
    marks: tuple[Mark, ...]
    steps: Mapping[tuple[int, str], float]
    snag: Snag | None


def record(session: Session, interview: Interview, key: str, events: Sequence[dict[str, Any]]) -> bool:
    """Store a batch. False where nothing is recorded any more: the interview is over, or its room is used up.

    What a page still held at the end may come a little later; nothing in it is put behind the end.

    An event is {"ago": ms, "task": n} with "look": true, with "step": name, with "name", "from", "to", "text" for an
    edit, or with "state": true, "name" and "text" for how something stood when the page was opened. Raises Invalid.
    """
    if len(events) > MOST_EVENTS:
        raise Invalid(f"A batch has at most {MOST_EVENTS:,} events.", field="events")
    moment = min(now(), clock_of(interview).over_at or now())
    if now() - moment > LATEST or recorded(session, interview) >= MOST_RECORDED:
        return False
    pace = _pace(session, interview, lock=True)
    earliest = max(_until(session, interview), moment - LATEST)
    kept = []
    for event in events:
        at = max(earliest, moment - timedelta(milliseconds=event["ago"]))
        earliest = at
        kept.append(_row(session, interview, event, (at - interview.started_at).total_seconds()))
    data = zlib.compress(json.dumps(kept, separators=(",", ":")).encode(), 9)
    size = sum(LEAST_OF_EVENT + len(event.get("text", "").encode()) for event in events)
    batch = {"interview_id": interview.id, "key": key, "until": moment, "data": data, "size": size}
    if upsert.insert(session, InterviewEvents, batch):  # or it came before, and its answer was lost
        _pass(pace, kept, interview)
        _keep_pace(session, interview, pace)
    return True


def timeline(session: Session, interview: Interview) -> Timeline:
    """Everything that was recorded, with the runs and submissions that the server knows itself.

    Their texts stand in for edits that never came or were too many to be kept.
    """
    pastes = {
        paste.digest: zlib.decompress(paste.text).decode()
        for paste in session.scalars(
            sa.select(InterviewPaste)
            .where(InterviewPaste.interview_id == interview.id)
            .options(undefer(InterviewPaste.text))
        )
    }
    rows = _rows(session, interview)
    edits = [Edit(row[1], row[2], row[3], row[4], row[5], _inserted(row[6], pastes)) for row in rows if row[0] == "e"]
    looks, steps = _looks(rows), _steps(rows)
    by_task = sending.by_task(session, interview.tasks)
    sent = [(task, one) for task in interview.tasks for one in by_task.get(task.id, ())]
    moments = {one.id: _moment(interview, one) for _, one in sent}
    marks = [Mark(moments[one.id], task.number, _what(one), one.verdict or "") for task, one in sent]
    over = interview.ended_at or interview.bell_at
    length = (min(over, interview.bell_at) - interview.started_at).total_seconds()
    starters = _starters(session, interview)
    known = [State(moments[one.id], task.number, one.language, one.source) for task, one in sent]
    edits += lost_states(starters, edits, known)
    told = [one for one in sent if sending.tells(interview, one[1])]
    tries = [_try(moments[one.id], task.number, one) for task, one in told if one.verdict is not None]
    return Timeline(
        length=length,
        starters=starters,
        edits=tuple(sorted(edits, key=lambda edit: edit.at)),
        looks=tuple(looks),
        marks=tuple(sorted([*steps, *marks], key=lambda mark: mark.at)),
        steps=seconds_by_step(steps, looks, length),
        snag=longest_snag(tries, looks, length),
    )


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a replay: edits, looks and marks from `start` on, each in its order. `next` is None in the last one."""

    edits: tuple[Edit, ...]
    looks: tuple[Look, ...]
    marks: tuple[Mark, ...]
    next: int | None


def page(whole: Timeline, start: int) -> Page:
    """So much of a replay as one answer holds: at most `PAGE_EVENTS` of each sort, and texts of `PAGE_BYTES`.

    One edit at least, however large it is.
    """
    stop, size = start, 0
    for edit in whole.edits[start : start + PAGE_EVENTS]:
        size += len(edit.inserted.encode(errors="surrogatepass"))
        if size > PAGE_BYTES and stop > start:
            break
        stop += 1
    else:
        stop = start + PAGE_EVENTS
    longest = max(len(whole.edits), len(whole.looks), len(whole.marks))
    return Page(
        whole.edits[start:stop], whole.looks[start:stop], whole.marks[start:stop], stop if stop < longest else None
    )


def steps_by_now(session: Session, interview: Interview) -> tuple[Mapping[tuple[int, str], float], dict[int, str]]:
    """Of a running interview: seconds by task and step, and the step of each task that was begun last.

    What was recorded is summed up as it comes, so that a page of the room reads no event again.
    """
    pace = _pace(session, interview).at_moment((now() - interview.started_at).total_seconds())
    return pace.seconds, pace.begun


def _pace(session: Session, interview: Interview, *, lock: bool = False) -> Pace:
    """The sum of what is recorded. An interview that began before sums were kept is read once."""
    query = sa.select(Interview.pace).where(Interview.id == interview.id)
    kept = session.scalar(query.with_for_update() if lock else query)
    if kept is not None:
        return pace_of(kept)
    pace = Pace()
    _pass(pace, _rows(session, interview), interview)
    return pace


def _pass(pace: Pace, rows: Sequence[Any], interview: Interview) -> None:
    """Only steps of the format are summed up: a page that makes names up makes no sum grow."""
    known = {step.id for step in format_of(interview.format).steps}
    for row in rows:
        if row[0] == "l":
            pace.look(row[1], row[2])
        elif row[0] == "s" and row[3] in known:
            pace.begin(row[1], row[2], row[3])


def _keep_pace(session: Session, interview: Interview, pace: Pace) -> None:
    session.execute(
        sa.update(Interview)
        .where(Interview.id == interview.id)
        .values(pace=pace.as_json())
        .execution_options(synchronize_session=False)
    )


def _rows(session: Session, interview: Interview) -> list[Any]:
    """Everything that was recorded, in its order."""
    query = sa.select(InterviewEvents).where(InterviewEvents.interview_id == interview.id)
    batches = session.scalars(query.order_by(InterviewEvents.id).options(undefer(InterviewEvents.data)))
    return [row for batch in batches for row in json.loads(zlib.decompress(batch.data))]


def _looks(rows: Sequence[Any]) -> list[Look]:
    return [Look(row[1], row[2]) for row in rows if row[0] == "l"]


def _steps(rows: Sequence[Any]) -> list[Mark]:
    return [Mark(row[1], row[2], "step", row[3]) for row in rows if row[0] == "s"]


def _inserted(stored: str, pastes: Mapping[str, str]) -> str:
    return pastes.get(stored[1:], "") if stored.startswith("#") else stored[1:]


def _starters(session: Session, interview: Interview) -> dict[Place, str]:
    """What each answer began with. A task whose version cannot be read begins empty."""
    return {
        (task.number, name): text
        for task in interview.tasks
        if task.version is not None and catalogue.is_readable(session, task.version)
        for name, text in catalogue.content(session, task.version).starters.items()
    }


def _moment(interview: Interview, one: Submission) -> float:
    return (min(one.created_at, interview.bell_at) - interview.started_at).total_seconds()


def _what(one: Submission) -> str:
    return "run" if one.purpose is Purpose.RUN else "bell" if one.at_bell else "submission"


def _try(at: float, task: int, one: Submission) -> Try:
    """What was judged. Where no case says what failed, the verdict does."""
    cases = [case for case in _cases(one) if case["judged"]]
    passed = frozenset(case["name"] for case in cases if case["verdict"] == "accepted")
    failed = next((case["name"] for case in cases if case["verdict"] != "accepted"), "")
    return Try(at, task, one.id, failed or ("" if one.verdict == "accepted" else str(one.verdict)), passed)


def _cases(one: Submission) -> Sequence[dict[str, Any]]:
    try:
        return read_record(one.record).get("cases", ()) if one.record else ()
    except Unreadable:
        return ()


def _row(session: Session, interview: Interview, event: dict[str, Any], at: float) -> list[Any]:
    at, task = round(at, 2), event["task"]
    if not 0 <= task <= len(interview.tasks):
        raise Invalid(f"There is no task {task}.", field="task")
    if event.get("look"):
        return ["l", at, task]
    if event.get("step"):
        return ["s", at, task, event["step"]]
    if not event["name"]:
        raise Invalid("An event is a look, a step, or an edit of something with a name.", field="events")
    text = event["text"]
    attempts.check_text(text)
    start, end = (0, WHOLE) if event.get("state") else (event["from"], min(event["to"], WHOLE - 1))
    inserted = f"={text}" if len(text) < LONG_PASTE else f"#{_paste(session, interview, text)}"
    return ["e", at, task, event["name"], start, end, inserted]


def _paste(session: Session, interview: Interview, text: str) -> str:
    """The hash under which a long text is stored, for this interview once."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:32]
    if session.get(InterviewPaste, (interview.id, digest)) is None:
        data = zlib.compress(text.encode(), 9)
        new = {"interview_id": interview.id, "digest": digest, "text": data, "size": len(data)}
        upsert.insert(session, InterviewPaste, new)
    return digest


def recorded(session: Session, interview: Interview) -> int:
    """Bytes that are recorded by now, unpacked."""
    size = sa.func.coalesce(sa.func.sum(InterviewEvents.size), 0)
    return session.scalar(sa.select(size).where(InterviewEvents.interview_id == interview.id)) or 0


def _until(session: Session, interview: Interview) -> datetime:
    """When the last batch came, or the start."""
    query = sa.select(sa.func.max(InterviewEvents.until)).where(InterviewEvents.interview_id == interview.id)
    return session.scalar(query) or interview.started_at
