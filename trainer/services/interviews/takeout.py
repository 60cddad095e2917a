"""An interview as its student takes it away: plain values, or a folder of files that any editor opens."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import IO, Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer.bank.sources import unpack
from trainer.errors import InputError
from trainer.languages import FILES, ending
from trainer.models import Interview, InterviewTask, Submission
from trainer.services import contents, streaming
from trainer.services.interviews import rubric, scores, texts
from trainer.services.interviews.state import is_over, title_of
from trainer.services.pieces import pieces

SENT = ("purpose", "language", "source", "created_at", "status", "verdict", "score")
"""Columns of a submission."""


def plain(session: Session, interview: Interview) -> dict[str, Any]:
    """Everything of an interview as JSON values for `pieces`: what was sent is read a few rows at a time.

    Its problems, and what came out, are named when it is over.
    """
    over = is_over(interview)
    return {
        "id": interview.id,
        "title": title_of(interview),
        "seed": interview.seed if over else None,
        "time_factor": interview.factor,
        "started_at": as_json(interview.started_at),
        "bell_at": as_json(interview.bell_at),
        "ended_at": as_json(interview.ended_at),
        "abandoned": interview.abandoned,
        "score": scores.score_of(session, interview) if over else None,
        "tasks": [_task(session, one, over=over) for one in interview.tasks],
        "typed": [
            {
                "task": number,
                "name": name,
                **{column: as_json(getattr(text, column)) for column in ("text", "saved_at", "late_text", "late_at")},
            }
            for (number, name), text in sorted(texts.all_of(session, interview).items())
        ],
        "rubrics": [
            {
                "by": "you" if reading.is_student else reading.user.name,
                "criterion": entry.criterion,
                "level": entry.level,
                "remark": entry.remark,
            }
            for reading in rubric.readings(session, interview)
            for entry in reading.entries.values()
        ],
    }


def _task(session: Session, task: InterviewTask, *, over: bool) -> dict[str, Any]:
    query = sa.select(*(getattr(Submission, column) for column in SENT)).where(Submission.task_id == task.id)
    return {
        "task": task.number,
        "problem": task.version.problem.slug if task.version and over else None,
        "question": task.question["ask"] if task.question else None,
        "submissions": (
            {
                name: as_json(value)
                for name, value in zip(SENT, row, strict=True)
                if over or name not in ("verdict", "score")
            }
            for row in streaming.rows(session, query.order_by(Submission.id))
        ),
    }


def archive(session: Session, interview: Interview, out: IO[bytes]) -> None:
    """Write a zip of one folder: report.json, and a folder a task with all that was typed and sent, in its order."""
    started = interview.started_at
    root = f"{interview.format_id}-{started:%Y-%m-%d}"
    date = (started.year, started.month, started.day, started.hour, started.minute, started.second)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for path, texts_of_it in _files(session, interview):
            about = zipfile.ZipInfo(f"{root}/{path}", date)
            about.compress_type = zipfile.ZIP_DEFLATED
            with made.open(about, "w") as file:
                for text in texts_of_it:
                    file.write(text.encode())


def as_json(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _files(session: Session, interview: Interview) -> Iterator[tuple[str, Iterable[str]]]:
    """Paths, and what stands in each file, piece by piece."""
    yield "report.json", chain(pieces(plain(session, interview)), "\n")
    folders = {0: "", **{task.number: f"{_name(task)}/" for task in interview.tasks}}
    for task in interview.tasks:
        if task.question:
            yield f"{_name(task)}/question.md", (f"{task.question['ask']}\n",)
        for number, one in enumerate(_sent(session, task), 1):
            purpose = "bell" if one.at_bell else one.purpose.value
            name = f"{_name(task)}/{number:02}-{purpose}-{(one.verdict or 'not judged').replace(' ', '-')}"
            yield from _source(session, task, one, name)
    for (number, name), text in texts.all_of(session, interview).items():
        for what, kept in (("typed", text.text), ("after-time", text.late_text)):
            if kept:
                yield from _typed(f"{folders[number]}{what}-{name}", name, kept)


def _name(task: InterviewTask) -> str:
    return f"task-{task.number}-{task.version.problem.slug}" if task.version else f"question-{task.number}"


def _sent(session: Session, task: InterviewTask) -> Iterator[Any]:
    """What was sent for a task, oldest first, without its records."""
    columns = (Submission.at_bell, Submission.purpose, Submission.verdict, Submission.language, Submission.source)
    query = sa.select(*columns).where(Submission.task_id == task.id).order_by(Submission.id)
    yield from streaming.rows(session, query)


def _source(session: Session, task: InterviewTask, one: Any, name: str) -> Iterator[tuple[str, Iterable[str]]]:
    if ending(one.language) or one.language == FILES:
        return _typed(name, one.language, one.source)
    assert task.version is not None  # only problems have submissions
    return _typed(name, "", contents.to_read(session, task.version, one.source))


def _typed(path: str, language: str, text: str) -> Iterator[tuple[str, Iterable[str]]]:
    if language == FILES:
        try:
            yield from ((f"{path}/{file}", (content,)) for file, content in unpack(text).items())
            return
        except InputError:
            pass  # half a document, as it was sent
    yield f"{path}.{ending(language) or 'txt'}", (text,)
