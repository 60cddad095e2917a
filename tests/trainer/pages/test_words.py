"""The trainer's words for values."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sandbox.languages import languages
from sandbox.model import Verdict
from trainer.pages import words


@pytest.mark.parametrize(
    ("value", "css", "label"),
    [
        (Verdict.ACCEPTED, "ac", "Accepted"),
        (Verdict.TIME_LIMIT_EXCEEDED, "tle", "Time limit"),
        ("run-time error", "rte", "Run-time error"),
        ("queued", "queued", "Queued"),
        ("judging", "judging", "Judging"),
    ],
)
def test_chips(value: str, css: str, label: str) -> None:
    assert words.chip(value) == words.Chip(css, label)


def test_languages_are_those_that_programs_are_taken_in() -> None:
    assert words.all_languages(["python"]) == "Programs are written in Python, queries in PostgreSQL’s SQL."
    said = words.all_languages(["python", "go", "cobol"])
    assert said == "Programs are written in Python, Go or cobol, queries in PostgreSQL’s SQL."


def test_a_language_that_gets_more_time_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert words.time_limit(2.0, ["python"]) == "2\u00a0s"
    factors = {"python": 1.0, "go": 1.5, "java": 2.0, "php": 1.5}
    monkeypatch.setattr("trainer.languages.time_limit_s", lambda name, limit_s: factors[name] * limit_s)
    assert words.time_limit(2.0, list(factors)) == "2\u00a0s, 3\u00a0s in Go and PHP, 4\u00a0s in Java"


def test_a_file_is_named_by_its_language() -> None:
    for one in languages().values():
        assert words.file_name("page-of", one.name) == f"page_of.{one.ending}"


@pytest.mark.parametrize(
    ("number", "said"), [(1, "first"), (3, "third"), (10, "tenth"), (11, "11th"), (21, "21st"), (112, "112th")]
)
def test_ordinals(number: int, said: str) -> None:
    assert words.ordinal(number) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "under a minute"),
        (29, "under a minute"),
        (1140, "19\u00a0min"),
        (3600, "1\u00a0h"),
        (3900, "1\u00a0h 5\u00a0min"),
    ],
)
def test_minutes(seconds: float, said: str) -> None:
    assert words.minutes(seconds) == said


@pytest.mark.parametrize(
    ("ms", "said"), [(None, ""), (0.42, "0.4\u00a0ms"), (12.3, "12\u00a0ms"), (1340, "1.3\u00a0s")]
)
def test_durations(ms: float | None, said: str) -> None:
    assert words.duration(ms) == said


def test_a_figure_is_bound_to_its_unit_alone() -> None:
    said = words.bound("Stopped after 2 s in 3 min_max, 256 MiB of 4 steps, 12 sides.")
    assert said == "Stopped after 2\u00a0s in 3 min_max, 256\u00a0MiB of 4 steps, 12 sides."


def test_a_case_is_bound_to_its_number() -> None:
    said = words.bound("First failure: sample 1. Look at case 12 and step 3, not at cases 4 to 6.")
    assert said == "First failure: sample\u00a01. Look at case\u00a012 and step\u00a03, not at cases 4 to 6."


def test_counts() -> None:
    assert words.count(1, "problem") == "1 problem"
    assert words.count(1200, "problem") == "1,200 problems"
    assert words.count(2, "try", "tries") == "2 tries"


def test_a_list_of_titles_reads_as_one_line() -> None:
    assert words.in_line(["Sliding window", "Queues", "HTTP"]) == "Sliding window, queues, HTTP"


def test_moments_are_in_utc() -> None:
    assert words.moment(datetime(2025, 10, 21, 14, 12, tzinfo=UTC)) == "21 Oct 2025, 14:12 UTC"


def test_files_are_called_after_what_they_define() -> None:
    assert words.file_name("page_of", "python") == "page_of.py"
    assert words.file_name("two-sum", "go") == "two_sum.go"
