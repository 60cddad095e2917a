"""A judging as the API tells it: the same values that pages show, without what is for their looks."""

from __future__ import annotations

from sandbox.model import Verdict
from trainer.api.models.feedback import BarCase, FeedbackModel, StepModel
from trainer.kinds.feedback import Feedback
from trainer.models import Submission

_VERDICTS = {verdict.short.lower(): verdict for verdict in Verdict} | {"": Verdict.ACCEPTED}
"""By the letters with which pages mark a case; what was not run has none."""


def told(feedback: Feedback | None) -> FeedbackModel | None:
    """Everything in it is safe to tell. None while there is none."""
    return None if feedback is None else FeedbackModel.model_validate(_Judging(feedback))


def verdict_of(submission: Submission) -> Verdict | None:
    return Verdict(submission.verdict) if submission.verdict else None


class _Judging:
    """A feedback whose bar and steps say verdicts instead of letters."""

    def __init__(self, feedback: Feedback) -> None:
        self._feedback = feedback
        self.casebar = [BarCase(number=bar.number, verdict=_VERDICTS.get(bar.css)) for bar in feedback.casebar]
        self.steps = [
            StepModel(name=step.name, verdict=_VERDICTS.get(step.css), sample=step.sample, why=step.why)
            for step in feedback.steps
        ]

    def __getattr__(self, name: str) -> object:
        return getattr(self._feedback, name)
