"""Recognises a mistake: the same pattern of failed hidden cases as a known wrong submission has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sandbox.model import Judgement, Verdict
from trainer.bank.problem import Submission


def pattern(verdicts: Iterable[Verdict | str | None]) -> str:
    """One letter a hidden case: its verdict's first, or '-' where the case was not run."""
    return "".join(Verdict(verdict).short[0] if verdict else "-" for verdict in verdicts)


def hidden_pattern(judgement: Judgement) -> str:
    return pattern(r.verdict for r in judgement.results if r.case.judged and not r.case.sample)


def patterns_of(judged: Iterable[tuple[Submission, Judgement]]) -> Mapping[str, str]:
    """Sentences of known mistakes by their patterns.

    A pattern that two different mistakes share explains neither and is left out, as is the one that fails nothing.
    """
    found: dict[str, set[str]] = {}
    for submission, judgement in judged:
        if submission.mistake and judgement.verdict is submission.verdict:
            found.setdefault(hidden_pattern(judgement), set()).add(submission.mistake)
    return {key: one.pop() for key, one in found.items() if len(one) == 1 and set(key) - {"A", "-"}}
