"""What services leave behind when their sandbox closes: nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sandbox import Sandbox, Verdict
from sandbox.backend import usual_spec
from sandbox.backends.docker import DockerBackend
from sandbox.model import RunStatus
from tests.sandbox.test_services import CASES, job

pytestmark = pytest.mark.engine


def test_nothing_is_left_and_the_next_one_is_as_fast(images: None, own_boxes: Callable[[], list[str]]) -> None:
    with Sandbox(DockerBackend(), {usual_spec("service"): 1}) as sandbox:
        for name in ("leaves_daemons", "binds_every_port", "honest"):
            judgement = sandbox.judge(job((CASES / f"{name}.py").read_text()))
            assert judgement.verdict is Verdict.ACCEPTED, name
        assert all(result.run.status is RunStatus.RETURNED for result in judgement.results)
        assert max(result.run.wall_ms for result in judgement.results) < 1000
    assert own_boxes() == []
