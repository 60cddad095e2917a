"""The judge: runs programs in boxes that nothing leaves but what is observed, and forms the verdict outside.

Stands alone: it knows no web, no database, no user. The contract is README.md beside this file.
"""

from sandbox.errors import (
    EngineUnavailable,
    ImageMissing,
    JobRefused,
    JudgingFailed,
    SandboxError,
    SignatureError,
)
from sandbox.model import (
    AnyJob,
    Case,
    CaseResult,
    Compare,
    Job,
    Json,
    Judgement,
    Limits,
    ProgramError,
    Run,
    RunStatus,
    Verdict,
)
from sandbox.service import Sandbox, open_sandbox
from sandbox.settings import SandboxSettings, SandboxStatus
from sandbox.signature import Class, Function, Parameter, Query, Rows, Signature, Type, conforms, parse_signature

__all__ = [
    "AnyJob",
    "Case",
    "CaseResult",
    "Class",
    "Compare",
    "EngineUnavailable",
    "Function",
    "ImageMissing",
    "Job",
    "JobRefused",
    "Json",
    "Judgement",
    "JudgingFailed",
    "Limits",
    "Parameter",
    "ProgramError",
    "Query",
    "Rows",
    "Run",
    "RunStatus",
    "Sandbox",
    "SandboxError",
    "SandboxSettings",
    "SandboxStatus",
    "Signature",
    "SignatureError",
    "Type",
    "Verdict",
    "conforms",
    "open_sandbox",
    "parse_signature",
]
