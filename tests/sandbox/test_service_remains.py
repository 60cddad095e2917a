"""What services leave behind when their sandbox closes: nothing."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median

import pytest

from sandbox import Sandbox, Verdict
from sandbox.backend import usual_spec
from sandbox.backends.docker import DockerBackend
from sandbox.errors import EngineUnavailable
from sandbox.live import ServiceGone
from sandbox.model import RunStatus, ServiceJob
from tests.sandbox.test_services import CASES, HONEST, job

pytestmark = pytest.mark.engine


def test_nothing_is_left_and_the_next_one_is_as_fast(images: None, own_boxes: Callable[[], list[str]]) -> None:
    with Sandbox(DockerBackend(), {usual_spec("service"): 1}) as sandbox:
        for name in ("leaves_daemons", "binds_every_port", "honest"):
            judgement = sandbox.judge(job((CASES / f"{name}.py").read_text()))
            assert judgement.verdict is Verdict.ACCEPTED, name
        assert all(result.run.status is RunStatus.RETURNED for result in judgement.results)
        assert median(result.run.wall_ms for result in judgement.results) < 1000
    assert own_boxes() == []


def test_close_leaves_no_box(images: None, own_boxes: Callable[[], list[str]]) -> None:
    with Sandbox(DockerBackend()) as alone:
        before = own_boxes()
        service = alone.open_service(ServiceJob({"app.py": HONEST}, "python3 app.py", (), ()))
        service.start()
        assert len(own_boxes()) >= len(before) + 3
        service.close()
        service.close()
    assert [box for box in own_boxes() if box not in before] == []


def test_a_sandbox_that_ends_takes_its_services_along(images: None) -> None:
    with Sandbox(DockerBackend()) as alone:
        service = alone.open_service(ServiceJob({"app.py": HONEST}, "python3 app.py", (), ()))
        service.start()
    with pytest.raises(ServiceGone):
        service.look(0)
    with pytest.raises(EngineUnavailable):
        alone.open_service(ServiceJob({"app.py": HONEST}, "python3 app.py", (), ()))
