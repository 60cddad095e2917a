"""Why a submission is not judged though it may be its turn: in a sentence, for whoever sent it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from trainer.languages import title
from trainer.models import SubmissionStatus
from trainer.services import sorts, workers
from trainer.services.workers import Able

NOBODY = "The judge is not available. Your work is saved and waits in the queue; you can close this page."
STARTING = (
    "The judge is being set up, which takes some minutes, once. Your work is saved and waits in the queue;"
    " you can close this page."
)
NO_BOXES = "{} cannot be judged at the moment, because the sandboxes that they need do not start."
SETTING_UP = "{} cannot be judged yet: the sandboxes that they need are being set up, which takes some minutes, once."
SAVED = "Your work is saved and waits in the queue until they do; you can close this page."
SEND = "What you send is saved and judged as soon as they do."
_NAMES = {"function": "Programs in {}", "sql": "Queries", "service": "Services", "debug": "Debugging problems"}


@dataclass(frozen=True, slots=True)
class Notice:
    """What is said of a language before anything is sent: in a sentence, and in few words beside its name."""

    sentence: str
    mark: str


def why(session: Session, status: SubmissionStatus, kind: str, language: str = sorts.PYTHON) -> str:
    """Empty where it waits for its turn alone, and where it is judged."""
    return "" if status is SubmissionStatus.JUDGED else why_of(workers.able(session), status, kind, language)


def why_of(able: Able, status: SubmissionStatus, kind: str, language: str = sorts.PYTHON) -> str:
    """The same, by what workers can do. What somebody judges already asks only that somebody is there."""
    needs = sorts.needs(kind, language) if status is SubmissionStatus.QUEUED else ""
    if status is SubmissionStatus.JUDGED or able.can_judge(needs):
        return ""
    if not able.have_boxes:
        return STARTING if able.set_up else NOBODY
    return f"{_no_boxes(able, kind, language)} {SAVED}"


def notices(session: Session, kind: str, languages: Sequence[str]) -> dict[str, Notice]:
    """What is said of a problem before anything is sent, by the languages in which it cannot be judged now.

    Empty where all can be judged, or where nothing can.
    """
    able = workers.able(session)
    lost = [one for one in languages if able.have_boxes and not able.can_judge(sorts.needs(kind, one))]
    return {one: _notice(able, kind, one) for one in lost}


def _notice(able: Able, kind: str, language: str) -> Notice:
    mark = "being set up" if _are_set_up(able, kind, language) else "cannot be judged now"
    return Notice(f"{_no_boxes(able, kind, language)} {SEND}", mark)


def _no_boxes(able: Able, kind: str, language: str) -> str:
    sentence = SETTING_UP if _are_set_up(able, kind, language) else NO_BOXES
    return sentence.format(_NAMES.get(kind, "Problems of this kind").format(title(language)))


def _are_set_up(able: Able, kind: str, language: str) -> bool:
    return not able.set_up.isdisjoint(sorts.needs(kind, language).split())
