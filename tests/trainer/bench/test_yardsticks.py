"""What `make bench` compares with works with the images of today."""

from __future__ import annotations

import pytest

from sandbox.images import image_name
from trainer.bench import packages, yardsticks


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
def test_queries_are_asked_bare() -> None:
    asked = (image_name("data"), packages.SCHEMA, packages.FILLS, packages.QUERY)
    with yardsticks.bare_queries(*asked) as once:
        assert min(once() for _ in range(2)) > 0
