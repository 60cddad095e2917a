"""What a student and a mentor do most, with each request answered by another process than the last one."""

from __future__ import annotations

import pytest

from tests.journeys.test_first_minutes import (
    test_a_guest_fixes_the_warm_up_and_an_account_keeps_it,
    test_a_new_student_solves_a_problem_with_a_wrong_and_a_right_submission,
)
from tests.journeys.test_mentor import mentor, test_the_template_is_sent_watched_and_published
from tests.journeys.test_service import test_the_live_log_has_each_line_once

pytestmark = pytest.mark.browser

__all__ = [
    "mentor",
    "test_a_guest_fixes_the_warm_up_and_an_account_keeps_it",
    "test_a_new_student_solves_a_problem_with_a_wrong_and_a_right_submission",
    "test_the_live_log_has_each_line_once",
    "test_the_template_is_sent_watched_and_published",
]
