"""Why a submission is not judged though it may be its turn: in a sentence, for whoever sent it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from trainer.languages import title
from trainer.models import SubmissionStatus
from trainer.services import sorts, workers
from trainer.services.workers import Able

NOBODY = "The judge is not available. Your work is saved and waits in the queue; you can close this page."
NO_BOXES = "{} cannot be judged at the moment, because the sandboxes that they need do not start."
SAVED = "Your work is saved and waits in the queue until they do; you can close this page."
SEND = "What you send is saved and judged as soon as they do."
_NAMES = {"function": "Programs in {}", "sql": "Queries", "service": "Services", "debug": "Debugging problems"}


def why(session: Session, status: SubmissionStatus, kind: str, language: str = sorts.PYTHON) -> str:
    """Empty where it waits for its turn alone, and where it is judged."""
    return "" if status is SubmissionStatus.JUDGED else why_of(workers.able(session), status, kind, language)


def why_of(able: Able, status: SubmissionStatus, kind: str, language: str = sorts.PYTHON) -> str:
    """The same, by what workers can do. What somebody judges already asks only that somebody is there."""
    needs = sorts.needs(kind, language) if status is SubmissionStatus.QUEUED else ""
    if status is SubmissionStatus.JUDGED or able.can_judge(needs):
        return ""
    return f"{_no_boxes(kind, language)} {SAVED}" if able.have_boxes else NOBODY


def notices(session: Session, kind: str, languages: Sequence[str]) -> dict[str, str]:
    """What is said of a problem before anything is sent, by the languages in which it cannot be judged now.

    Empty where all can be judged, or where nothing can.
    """
    able = workers.able(session)
    lost = [one for one in languages if able.have_boxes and not able.can_judge(sorts.needs(kind, one))]
    return {one: f"{_no_boxes(kind, one)} {SEND}" for one in lost}


def _no_boxes(kind: str, language: str) -> str:
    return NO_BOXES.format(_NAMES.get(kind, "Problems of this kind").format(title(language)))
