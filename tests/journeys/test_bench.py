"""What `make bench` says of pages is measured on pages that a student can work at."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

MEASURE = """
import json
from trainer.bench import suite
suite.PAGES, suite.PAGE_TIMES = ("service",), 1
print(json.dumps(suite.page_figures()))
"""


def test_a_page_over_a_slow_line_is_opened_worked_at_and_weighed(browser: Browser, built: None) -> None:
    done = subprocess.run([sys.executable, "-c", MEASURE], check=True, capture_output=True, text=True)
    (seen,) = json.loads(done.stdout).values()
    for visit in (seen["first"], seen["second"]):
        assert 0 < visit["first_paint"]["median_ms"] <= visit["usable"]["median_ms"]
    assert 0 < seen["second"]["kb"] < seen["first"]["kb"] / 5
