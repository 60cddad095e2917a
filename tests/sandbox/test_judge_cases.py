"""Every folder of tests/judge_cases: bad input and attacks get their verdict, and leave nothing behind.

In boxes that serve once, and in boxes that are kept, where an honest program is judged in the same box afterwards.
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from sandbox import Job, Sandbox, Verdict
from sandbox.backends.docker import DockerBackend
from sandbox.conformance import Proof, read_folder
from sandbox.languages import languages

FOLDERS = sorted(path.parent for path in Path(__file__).parent.parent.glob("judge_cases/*/case.yaml"))
PROOFS = [proof for folder in FOLDERS for proof in read_folder(folder) if proof.machine in ("", platform.machine())]
PROGRAMS = [proof for proof in PROOFS if isinstance(proof.job, Job) and proof.job.language in languages()]
HONEST = {proof.job.language: proof.job for proof in PROGRAMS if proof.name.startswith("honest.")}


def by_name(proof: Proof) -> str:
    return proof.name


pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def usual_ms(sandbox: Sandbox) -> Mapping[str, float]:
    """CPU time of the honest programs' slowest case in a box that nothing has happened to."""
    return {name: max(run.time_ms for _ in range(3) for run in sandbox.run(honest)) for name, honest in HONEST.items()}


@pytest.fixture(scope="module")
def kept_boxes(images: None) -> Iterator[Sandbox]:
    """Its boxes for programs serve one job after the other."""
    with Sandbox(DockerBackend(boxes="kept")) as opened:
        yield opened


def test_every_language_has_an_honest_program() -> None:
    assert set(HONEST) == set(languages())


@pytest.mark.parametrize("proof", PROOFS, ids=by_name)
def test_gets_its_verdict_and_leaves_no_box(proof: Proof, sandbox: Sandbox, own_boxes: Callable[[], list[str]]) -> None:
    before = set(own_boxes())
    judgement = sandbox.judge(proof.job)
    assert list(proof.expected.complaints(judgement)) == [], judgement
    assert set(own_boxes()) <= before


@pytest.mark.parametrize("proof", PROGRAMS, ids=by_name)
def test_in_a_box_that_is_kept_the_next_one_is_judged_as_usual(
    proof: Proof, kept_boxes: Sandbox, usual_ms: Mapping[str, float]
) -> None:
    honest = HONEST[proof.job.language]
    judgement = kept_boxes.judge(proof.job)
    assert list(proof.expected.complaints(judgement)) == [], judgement
    limits = replace(honest.limits, memory_mib=proof.job.limits.memory_mib)
    assert_judged_as_usual(kept_boxes, replace(honest, limits=limits), usual_ms[honest.language])


def assert_judged_as_usual(sandbox: Sandbox, honest: Job, usual_ms: float) -> None:
    slowest = honest_ms(sandbox, honest)
    for _ in range(2):
        if slowest < 3 * usual_ms + 20:
            break
        slowest = min(slowest, honest_ms(sandbox, honest))  # what was left behind stays; a busy moment does not
    assert slowest < 3 * usual_ms + 20


def honest_ms(sandbox: Sandbox, honest: Job) -> float:
    """CPU time of the honest program's slowest case, now that something has happened; it is still accepted."""
    after = sandbox.judge(honest)
    assert after.verdict is Verdict.ACCEPTED
    return max(result.run.time_ms for result in after.results)
