"""Whose fault was it, and what follows: how often a job is tried, and what is said when it stays undone.

Ours: no student code had started, or the engine or a hidden suite failed. Tried again twice, then JudgingFailed.
The student's: the box died, hung or broke the protocol later. Judged once more afresh; the same again is the answer.
"""

from __future__ import annotations

import logging
from typing import Protocol

from sandbox.backend import Box, BoxSpec, program_spec, usual_spec
from sandbox.errors import BoxBroken, BoxDied, BoxSilent, EngineUnavailable, ImageMissing, JudgingFailed, SuiteFailed
from sandbox.model import AnyJob, NotRun, ProgramError, Run, RunStatus, ServiceJob, not_run
from sandbox.runner import BoxLost, Conversation, OnCase
from sandbox.services import ServiceConversation
from sandbox.signature import Query

log = logging.getLogger(__name__)

RETRIES = 2
_ODD = (RunStatus.MEMORY_LIMIT, RunStatus.DIED)
"""Memory ran out, or no answer came that could be read: a box in which that was seen serves nobody else."""
ENDED_ITS_BOX = ProgramError("sandbox ended", "The program ended its sandbox.")


class Boxes(Protocol):
    """Where boxes come from and go to."""

    def take(self, spec: BoxSpec) -> Box:
        """A live box. Raises EngineUnavailable, ImageMissing, BoxDied."""

    def give_back(self, box: Box, *, again: bool = False) -> None:
        """It has served. It may serve `again` where it is kept, or else is thrown away."""


def observe(job: AnyJob, boxes: Boxes, on_case: OnCase | None = None) -> tuple[Run, ...]:
    """All runs of a job. Raises EngineUnavailable, JobRefused, JudgingFailed."""
    failures: list[Exception] = []
    lost_before = False
    while True:
        try:
            return _once(job, boxes, on_case, one_by_one=lost_before)
        except BoxLost as lost:
            log.info("a box was lost while student code ran: %s", lost)
            if lost_before:
                return _ended_its_box(job, lost)
            lost_before = True
        except ImageMissing as error:
            raise JudgingFailed(str(error)) from error
        except (BoxDied, BoxSilent, BoxBroken, SuiteFailed) as error:
            log.warning("the sandbox failed: %s", error)
            failures.append(error)
            if len(failures) > RETRIES:
                raise JudgingFailed(f"the sandbox failed {len(failures)} times, at last: {error}") from error


def spec_of(job: AnyJob) -> BoxSpec:
    """The sort of box that a job needs."""
    if isinstance(job, ServiceJob):
        return usual_spec("service")
    if isinstance(job.signature, Query):
        return usual_spec("data")
    return program_spec(job.language, job.limits.memory_mib, keep=not job.single_box)


def _once(job: AnyJob, boxes: Boxes, on_case: OnCase | None, *, one_by_one: bool) -> tuple[Run, ...]:
    box = boxes.take(spec_of(job))
    again = False
    try:
        if isinstance(job, ServiceJob):
            return ServiceConversation(box, job).conduct(on_case)
        runs = Conversation(box, job, [], one_by_one).conduct(on_case)
        again = not any(run.status in _ODD for run in runs)
        return runs
    except EngineUnavailable as error:
        raise BoxDied(f"the engine was lost under way: {error}") from error
    finally:
        boxes.give_back(box, again=again)


def _ended_its_box(job: AnyJob, lost: BoxLost) -> tuple[Run, ...]:
    """What was seen before, the end of the box, and the rest not run. A box lost after the last case lost nothing."""
    left = len(job.cases) - len(lost.runs)
    if not left:
        return tuple(lost.runs)
    status = RunStatus.MEMORY_LIMIT if lost.out_of_memory else RunStatus.BOX_ENDED
    return (*lost.runs, Run(status, error=ENDED_ITS_BOX), *not_run(NotRun.BOX_ENDED, left - 1))
