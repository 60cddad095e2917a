"""Every folder of tests/judge_cases: bad input and attacks get their verdict, and leave nothing behind.

In boxes that serve once, and in boxes that are kept, where an honest program is judged in the same box afterwards.
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from sandbox import Case, Job, Sandbox, Verdict, parse_signature
from sandbox.backends.docker import DockerBackend
from sandbox.conformance import Proof, read_folder

FOLDERS = sorted(path.parent for path in Path(__file__).parent.parent.glob("judge_cases/*/case.yaml"))
PROGRAMS = [folder for folder in FOLDERS if not folder.name.startswith("sql-")]
HONEST = Job(
    "python",
    "def total(numbers):\n    return sum(n * n % 7 for n in numbers)\n",
    parse_signature("total(numbers: list[int]) -> int"),
    tuple(Case(f"case {n}", (list(range(n, n + 1000)),), sum(k * k % 7 for k in range(n, n + 1000))) for n in range(3)),
)
HONEST_IN = {
    "python": HONEST,
    "javascript": replace(
        HONEST,
        language="javascript",
        source="const total = (numbers) => numbers.reduce((sum, n) => sum + n * n % 7, 0);",
    ),
}

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def usual_ms(sandbox: Sandbox) -> Mapping[str, float]:
    """CPU time of the honest programs' slowest case in a box that nothing has happened to."""
    return {
        name: max(run.time_ms for _ in range(3) for run in sandbox.run(honest)) for name, honest in HONEST_IN.items()
    }


@pytest.fixture(scope="module")
def kept_boxes(images: None) -> Iterator[Sandbox]:
    """Its boxes for programs serve one job after the other."""
    with Sandbox(DockerBackend(boxes="kept")) as opened:
        yield opened


def proof_of(folder: Path) -> Proof:
    proof = read_folder(folder)
    if proof.machine not in ("", platform.machine()):
        pytest.skip(f"only for {proof.machine}")
    return proof


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_gets_its_verdict_and_leaves_no_box(folder: Path, sandbox: Sandbox, own_boxes: Callable[[], list[str]]) -> None:
    proof, before = proof_of(folder), set(own_boxes())
    judgement = sandbox.judge(proof.job)
    assert list(proof.expected.complaints(judgement)) == [], judgement
    assert set(own_boxes()) <= before


@pytest.mark.parametrize("folder", PROGRAMS, ids=lambda folder: folder.name)
def test_in_a_box_that_is_kept_the_next_one_is_judged_as_usual(
    folder: Path, kept_boxes: Sandbox, usual_ms: Mapping[str, float]
) -> None:
    proof = proof_of(folder)
    honest = HONEST_IN[proof.job.language]
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
