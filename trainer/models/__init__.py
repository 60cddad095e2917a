"""Tables. Importing this package registers them all."""

from trainer.models.attempt import Attempt, Draft, HintTaken, Note, Report, ReportKind, Star
from trainer.models.idempotency import IdempotencyKey
from trainer.models.interview import (
    Interview,
    InterviewEvents,
    InterviewPaste,
    InterviewReader,
    InterviewTask,
    InterviewText,
    RubricEntry,
)
from trainer.models.problem import KnownMistakes, Preparation, Problem, ProblemVersion, TestData
from trainer.models.submission import Purpose, Submission, SubmissionStatus, unjudged
from trainer.models.upload import Upload, UploadStatus
from trainer.models.user import ApiToken, KeyScope, LoginSession, OneTimeLink, Role, User

__all__ = [
    "ApiToken",
    "Attempt",
    "Draft",
    "HintTaken",
    "IdempotencyKey",
    "Interview",
    "InterviewEvents",
    "InterviewPaste",
    "InterviewReader",
    "InterviewTask",
    "InterviewText",
    "KeyScope",
    "KnownMistakes",
    "LoginSession",
    "Note",
    "OneTimeLink",
    "Preparation",
    "Problem",
    "ProblemVersion",
    "Purpose",
    "Report",
    "ReportKind",
    "Role",
    "RubricEntry",
    "Star",
    "Submission",
    "SubmissionStatus",
    "TestData",
    "Upload",
    "UploadStatus",
    "User",
    "unjudged",
]
