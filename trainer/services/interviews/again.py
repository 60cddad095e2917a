"""What was submitted for a task, opened again in its room. What stood there is kept in the scratchpad."""

from __future__ import annotations

from string import ascii_uppercase

from sqlalchemy.orm import Session

from trainer.models import Interview, InterviewTask, Purpose
from trainer.services import catalogue, contents, tries
from trainer.services.interviews import sending, sitting, texts
from trainer.services.interviews.state import check_running
from trainer.services.tries import Try

ABOVE = "── Task {letter}, what stood there before try {number} was opened ──"
"""The line above a text that was replaced. The room's scripts write the same one."""


def listed(session: Session, interview: Interview, task: InterviewTask) -> list[Try]:
    """What was submitted for a task, newest first, without the texts."""
    return tries.listed(session, sending.author(interview, task), _slug(task)) if task.version else []


def find(session: Session, interview: Interview, number: int, submission_id: int) -> Try:
    """One of a task's submissions. Raises NotFound, for those of other tasks, too."""
    task = sitting.task(interview, number)
    return tries.find(session, sending.author(interview, task), _slug(task), submission_id)[0]


def open_again(session: Session, interview: Interview, number: int, submission_id: int) -> Try:
    """Make what was submitted the task's draft. Raises Over, NotFound, TooLarge where the scratchpad is full."""
    check_running(interview)
    this = find(session, interview, number, submission_id)
    _keep_what_is_there(session, interview, sitting.task(interview, number), this)
    sent = this.submission
    texts.save(session, interview, number, sent.language, sent.source, base_revision=0, force=True)
    return this


def _keep_what_is_there(session: Session, interview: Interview, task: InterviewTask, this: Try) -> None:
    """Write the task's draft into the scratchpad, unless it is the starter or was submitted itself."""
    there = texts.find(session, interview, task.number, this.submission.language)
    if there is None or not there.revision or task.version is None:
        return
    content = catalogue.content(session, task.version)
    known = [one.source for one in sending.of_task(session, task) if one.purpose is Purpose.SUBMIT]
    if there.text in (content.starters[there.name], *known):
        return
    pad = texts.find(session, interview, 0, texts.SCRATCHPAD)
    above = ABOVE.format(letter=ascii_uppercase[task.number - 1], number=this.number)
    read = contents.to_read(session, task.version, there.text)
    parts = [pad.text.rstrip() if pad else "", above, read]
    text = "\n\n".join(filter(None, parts))
    texts.save(session, interview, 0, texts.SCRATCHPAD, text, base_revision=0, force=True)


def _slug(task: InterviewTask) -> str:
    return task.version.problem.slug if task.version else ""
