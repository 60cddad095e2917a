"""The two pipes between a holder and the PID 1 of a submission."""

from __future__ import annotations

import pytest

from sandbox.harness.frames import Closed, read_frame, write_all
from sandbox.harness.holder import Line


def test_a_closed_line_ends_whoever_reads_or_writes_inside() -> None:
    line = Line.open()
    line.close()
    with pytest.raises(Closed):
        write_all(line.answer, bytes(1 << 20))
    with pytest.raises(Closed):
        read_frame(line.requests)
    line.keep_outside()
