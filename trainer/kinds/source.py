"""The source of a submission that is code: what a text area posts, read as it was written."""

from __future__ import annotations

from collections.abc import Mapping

from trainer.bank.problem import Problem


def from_form(problem: Problem, form: Mapping[str, list[str]]) -> str:
    """Forms send CRLF; programs have LF."""
    return "".join(form.get("source", [])).replace("\r\n", "\n")


def lacks_answer(problem: Problem, source: str) -> str:
    """Code is an answer, however short: a compiler says what is wrong with it."""
    return ""


def to_read(problem: Problem, source: str) -> str:
    return source
