"""Own cases as pages hand them to scripts and forms."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from sandbox.model import Compare
from trainer.bank.problem import Problem
from trainer.kinds.base import EXPECTED, NAME, SampleView
from trainer.models import OwnCase
from trainer.services import own_cases

FORM = "own_input_"


def cases_json(cases: Iterable[OwnCase]) -> str:
    """Cases as the page's script takes them."""
    return json.dumps([{"id": case.id, "values": own_cases.texts(case)} for case in cases])


def sample_case(sample: SampleView, problem: Problem) -> Mapping[str, str]:
    """A sample as an own case. Where several answers are right, none is expected."""
    one_answer = problem.compare is not Compare.ANY_OF and not sample.expected.cut
    return dict(sample.own) | {NAME: sample.name} | ({EXPECTED: sample.expected.text} if one_answer else {})


def typed_case(form: Mapping[str, str]) -> dict[str, str]:
    """The case that stands in a page's fields."""
    return {key.removeprefix(FORM): text for key, text in form.items() if key.startswith(FORM)}


def to_run(typed: Mapping[str, str], kept: Sequence[OwnCase]) -> list[dict[str, str]]:
    """What a run without scripts takes: what stands in the fields, and the kept cases that are other ones."""
    own = [dict(typed)] if _is_filled(typed) else []
    others = (own_cases.texts(case) for case in kept)
    inputs = _input(typed)
    return [*own, *(case for case in others if _is_filled(case) and _input(case) != inputs)][: own_cases.MOST]


def _input(case: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in case.items() if name not in (NAME, EXPECTED)}


def _is_filled(case: Mapping[str, str]) -> bool:
    return any(text.strip() for text in _input(case).values())
