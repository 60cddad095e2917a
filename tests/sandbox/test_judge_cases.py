"""Every folder of tests/judge_cases: bad input and attacks get their verdict, and leave nothing behind."""

from __future__ import annotations

import platform
from collections.abc import Callable
from pathlib import Path

import pytest

from sandbox import Case, Job, Sandbox, Verdict, parse_signature
from sandbox.conformance import read_folder

FOLDERS = sorted(path.parent for path in Path(__file__).parent.parent.glob("judge_cases/*/case.yaml"))
HONEST = Job(
    "python",
    "def total(numbers):\n    return sum(n * n % 7 for n in numbers)\n",
    parse_signature("total(numbers: list[int]) -> int"),
    tuple(Case(f"case {n}", (list(range(n, n + 1000)),), sum(k * k % 7 for k in range(n, n + 1000))) for n in range(3)),
)

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def usual_ms(sandbox: Sandbox) -> float:
    """CPU time of the honest program's slowest case in a box that nothing has happened to."""
    return max(run.time_ms for _ in range(3) for run in sandbox.run(HONEST))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_gets_its_verdict_and_leaves_nothing_behind(
    folder: Path, sandbox: Sandbox, own_boxes: Callable[[], list[str]], usual_ms: float
) -> None:
    proof = read_folder(folder)
    if proof.machine not in ("", platform.machine()):
        pytest.skip(f"only for {proof.machine}")
    judgement = sandbox.judge(proof.job)
    assert list(proof.expected.complaints(judgement)) == [], judgement
    assert own_boxes() == []

    slowest = honest_ms(sandbox)
    for _ in range(2):
        if slowest < 3 * usual_ms + 20:
            break
        slowest = min(slowest, honest_ms(sandbox))  # what was left behind stays; a busy moment does not
    assert slowest < 3 * usual_ms + 20


def honest_ms(sandbox: Sandbox) -> float:
    """CPU time of the honest program's slowest case, now that something has happened; it is still accepted."""
    after = sandbox.judge(HONEST)
    assert after.verdict is Verdict.ACCEPTED
    return max(result.run.time_ms for result in after.results)
