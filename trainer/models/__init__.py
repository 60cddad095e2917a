"""Tables. Importing this package registers them all."""

from trainer.models.admission import Invite, SignUp, Site
from trainer.models.attempt import Attempt, Draft, HintTaken, Note, OwnCase, Report, ReportKind, Star
from trainer.models.console import Console, ConsoleCall, ConsoleDeed, ConsoleStatus
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
from trainer.models.problem import KnownMistakes, Problem, ProblemVersion, TestData
from trainer.models.rejudging import Rejudged, RejudgedStatus, Rejudging
from trainer.models.shared import SharedSetting
from trainer.models.submission import Purpose, Submission, SubmissionStatus
from trainer.models.upload import Upload, UploadStatus
from trainer.models.user import ApiToken, EditorKeys, EditorSettings, KeyScope, LoginSession, OneTimeLink, Role, User
from trainer.models.version import OldestVersion
from trainer.models.work import Priority, Work, WorkKind, WorkStatus
from trainer.models.worker import WorkerProcess

__all__ = [
    "ApiToken",
    "Attempt",
    "Console",
    "ConsoleCall",
    "ConsoleDeed",
    "ConsoleStatus",
    "Draft",
    "EditorKeys",
    "EditorSettings",
    "HintTaken",
    "IdempotencyKey",
    "Interview",
    "InterviewEvents",
    "InterviewPaste",
    "InterviewReader",
    "InterviewTask",
    "InterviewText",
    "Invite",
    "KeyScope",
    "KnownMistakes",
    "LoginSession",
    "Note",
    "OldestVersion",
    "OneTimeLink",
    "OwnCase",
    "Priority",
    "Problem",
    "ProblemVersion",
    "Purpose",
    "Rejudged",
    "RejudgedStatus",
    "Rejudging",
    "Report",
    "ReportKind",
    "Role",
    "RubricEntry",
    "SharedSetting",
    "SignUp",
    "Site",
    "Star",
    "Submission",
    "SubmissionStatus",
    "TestData",
    "Upload",
    "UploadStatus",
    "User",
    "Work",
    "WorkKind",
    "WorkStatus",
    "WorkerProcess",
]
