"""Each rule of the check fails for the package that breaks it, and the template passes them all."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from sandbox.errors import EngineUnavailable, JudgingFailed
from sandbox.model import Case, Compare, Job, Judgement, Run
from sandbox.signature import parse_signature
from tests.trainer.bank.packages import SLUG, InProcess, changed, files, read
from trainer.bank.check import CheckReport, check, check_folder
from trainer.bank.files import package
from trainer.bank.report import Finding
from trainer.bank.rules.base import Facts
from trainer.bank.rules.comparing import comparison

SLOW = "submissions/time_limit_exceeded/look_ahead.py"


def quick(found: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """Files whose slow program uses up time without taking it, and whose cases are small."""
    quick = dict(found or files())
    if generator := quick.get("data/generate.py"):
        small = generator.replace(b"200_000", b"2_000").replace(b"100_000", b"1_000").replace(b"50_000", b"500")
        quick["data/generate.py"] = small
    if quick.get(SLOW) == files()[SLOW]:
        quick[SLOW] = slow(1).encode()
    return quick


def slow(weight: float) -> str:
    """The slow program; `weight` is seconds for each thousand of checks, squared."""
    source = files()[SLOW].decode()
    cost = f"spend({weight} * 2 * (len(checks) // 2000) ** 2 * (5 if not any(checks) else 0))"
    return source.replace("    longest = 0\n", f"    longest = 0\n    {cost}\n")


def report(found: Mapping[str, bytes] | None = None) -> CheckReport:
    return check(package(SLUG, quick(found)), InProcess(), topics=["arrays"])


def bad(found: Mapping[str, bytes]) -> list[Finding]:
    return [finding for finding in report(found).findings if not finding.ok and not finding.advice]


def one_bad(found: Mapping[str, bytes], rule: str) -> str:
    """The message of the only finding that fails."""
    (finding,) = bad(found)
    assert finding.rule == rule
    return finding.message


def test_the_template_passes() -> None:
    done = report()
    assert [finding for finding in done.findings if not finding.ok and not finding.advice] == []
    assert done.passed
    assert {finding.rule for finding in done.findings} == {
        "package", "data", "cases", "markdown", "compare", "repeatable", "hints", "editorial", "examples", "leak",
        "programs", "starter", "verdicts", "time limit", "kills", "mistakes",
    }  # fmt: skip


def test_a_broken_package_reports_every_flaw_and_stops() -> None:
    found = changed("problem.md", "minutes: 10", "minuets: 10")
    del found["hints.md"]
    findings = bad(found)
    assert {finding.rule for finding in findings} == {"package"}
    assert any("minuets" in finding.message for finding in findings)
    assert any("hints.md: is missing" in finding.message for finding in findings)


def test_the_files_of_a_folder_and_what_is_in_them_are_told_together(tmp_path: Path) -> None:
    for path, content in (files() | {"a b.txt": b"", "hints.md": b"no hint"}).items():
        (tmp_path / SLUG / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / SLUG / path).write_bytes(content)
    done = check_folder(tmp_path / SLUG, InProcess(), topics=["arrays"])
    assert not done.passed
    assert [finding.message.split(":")[0] for finding in done.findings] == ["a b.txt", "hints.md"]


def test_numbers_agree_with_their_nouns() -> None:
    programs = [path for path in files() if "wrong_answer" in path or "time_limit" in path]
    found = files(**dict.fromkeys([*programs[1:], "data/generate.py"]), **{"hints.md": "## Why?\n\nSo.\n"})
    found["data/secret.yaml"] = found["data/secret.yaml"].split(b"- name: one good")[0]
    said = [finding.message for finding in report(found).findings]
    assert any(message.startswith("1 hidden case; at least 20 are wanted") for message in said)
    assert any(message.startswith("hints.md has 1 hint; at least 2 are wanted") for message in said)
    assert not [message for message in said if re.search(r"\b1 (hidden |wrong |generated )?[a-z]{3,}s\b", message)]


def test_unknown_topics_fail() -> None:
    assert "unknown topic 'arays'" in one_bad(changed("problem.md", "[arrays]", "[arays]"), "package")


def test_a_broken_generator_fails() -> None:
    found = files(**{"data/generate.py": "def generate(rng):\n    yield 1 / 0\n"})
    assert "ZeroDivisionError" in one_bad(found, "data")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (
            "n = int(''.join(c for c in {*'123456789abcdef'} if c.isdigit()))",
            "the order of a set",
        ),
        ("n = hash('alpha') % 1000", "the order of a set"),
        ("import random as other; n = other.randrange(10**6)", "use rng"),
        ("import time; n = time.time_ns() % 10**6", "use rng"),
        ("n = id(object()) % 10**6", "use rng"),
        ("import os; n = int.from_bytes(os.urandom(2), 'big')", "use rng"),
    ],
)
def test_a_generator_that_makes_other_data_each_time_fails_with_the_reason(line: str, reason: str) -> None:
    name = "data/generate.py"
    source = f"def generate(rng):\n    {line}\n    yield 'again', {{'checks': [], 'retries': n}}\n"
    (failure,) = (finding for finding in bad(files(**{name: source})) if finding.rule == "repeatable")
    assert reason in failure.message


def said_of_comparing(signature: str, compare: str) -> list[str]:
    facts = Facts(replace(read(), signature=parse_signature(signature), compare=Compare(compare)), (), InProcess())
    return [f"{result.ok} {result.message}" for result in comparison(facts)]


@pytest.mark.parametrize("returns", ["float", "list[float]", "dict[str, list[float | None]]"])
def test_the_check_says_how_floats_are_compared(returns: str) -> None:
    (said,) = said_of_comparing(f"f(n: int) -> {returns}", "close")
    assert said == "True floats in an answer may differ by a millionth, relative or absolute; compare: close"
    (said,) = said_of_comparing(f"f(n: int) -> {returns}", "exact")
    assert said.startswith("False problem.md: 'compare: exact' wants floats that are right to the last bit")
    assert "bag" in said_of_comparing(f"f(n: int) -> {returns}", "unordered")[0]


def test_and_that_there_are_none() -> None:
    assert said_of_comparing("f(x: float) -> int", "close") == ["True answers hold no floats; compare: close"]
    of_a_class = "class A:\n    def mean(self) -> float: ..."
    assert said_of_comparing(of_a_class, "exact")[0].startswith("False")


@pytest.mark.parametrize(("expected", "flawed"), [(["NaN"], False), ([float("nan")], True), (float("nan"), True)])
def test_an_expected_value_that_equals_nothing_fails(expected: object, flawed: bool) -> None:
    facts = Facts(read(), (Case("odd", (1,), expected),), InProcess())
    assert any("holds NaN" in result.message for result in comparison(facts)) is flawed


def test_too_few_hidden_cases_fail() -> None:
    found = files(**{"data/generate.py": None, SLOW: None})
    assert one_bad(found, "cases").startswith("12 hidden cases; at least 20 are wanted")


def test_one_hint_is_too_few() -> None:
    found = files(**{"hints.md": "## What ends a row?\n\nThink.\n"})
    assert "has 1 hint; at least 2" in one_bad(found, "hints")


def test_an_editorial_without_complexity_fails() -> None:
    assert "does not name O(n)" in one_bad(files(**{"solution.md": "## Approach 1\n\nWalk.\n"}), "editorial")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("# 3\n", "# 4\n", "is not that of the sample"),
        ("# 3\n", "# 3.0\n", "is not that of the sample"),
        ("# 3\n", "", "no result stands below"),
        ("# 3\n", "# three\n", "no plain value"),
        ("retries=1)", "retries=2)", "is no case of data/sample.yaml"),
        ("retries=1)", ")", "has 2 parameters"),
        ("longest_outage([True", "longest([True", "is no call of longest_outage"),
        ("longest_outage([True", "longest_outage(([True", "cannot be read: line 1"),
        ("```python\n", "```\n", "has no example"),
    ],
)
def test_an_example_that_differs_from_the_samples_fails(old: str, new: str, message: str) -> None:
    assert message in one_bad(changed("problem.md", old, new), "examples")


def test_a_text_that_would_take_minutes_to_render_fails() -> None:
    found = changed("problem.md", "### Example", "[" * 24_000 + "\n\n### Example")
    assert "problem.md cannot become a page: line 9: a line has at most 2,000 characters" in one_bad(found, "markdown")


def test_an_answer_that_stands_in_a_hint_fails() -> None:
    secret = "- {name: many, args: {checks: [false], retries: 9007199254740}, expected: 0}\n"
    found = changed("problem.md", "list[bool], retries: int) -> int", "list[bool], retries: int) -> list[int]")
    value = "[40, 41, 42, 43, 44, 45]"
    found["data/secret.yaml"] = secret.replace("expected: 0", f"expected: {value}").encode()
    found["hints.md"] = f"## Is it\n\n`{value.replace(' ', '')}`?\n\n## Or\n\nnot?\n".encode()
    found["data/sample.yaml"] = b"- {name: s, args: {checks: [], retries: 1}, expected: []}\n"
    del found["data/generate.py"]
    leaks = [finding for finding in bad(found) if finding.rule == "leak"]
    assert [finding.message for finding in leaks] == [
        "hints.md holds the answer to the hidden case ‘many’: use other values in one of them"
    ]


def test_one_wrong_submission_is_too_few() -> None:
    wrong = [path for path in files() if path.startswith("submissions/wrong_answer/")]
    found = files(**dict.fromkeys(wrong[1:]))
    assert "1 wrong submission; at least 2" in one_bad(found, "programs")


def test_a_case_that_does_not_exist_is_named_with_its_neighbour() -> None:
    path = "submissions/wrong_answer/all_failures.py"
    findings = bad(changed(path, "# fails: two outages", "# fails: tow outages"))
    assert findings[0].rule == "programs"
    assert "did you mean 'two outages with a good check between'?" in findings[0].message


def test_a_starter_that_is_accepted_fails() -> None:
    found = files(**{"starter/python.py": files()["submissions/accepted/one_pass.py"].decode()})
    assert "is accepted: take the solution out" in one_bad(found, "starter")


@pytest.mark.parametrize("code", ["def longest_outage(checks, retries):\n    raise KeyError(3)\n", "def f(:\n"])
def test_a_starter_that_does_not_run_fails(code: str) -> None:
    assert "does not run" in one_bad(files(**{"starter/python.py": code}), "starter")


def test_an_accepted_program_that_fails_is_named_with_its_case() -> None:
    code = "def longest_outage(checks, retries):\n    return 3 if checks else 0\n"
    message = one_bad(files(**{"submissions/accepted/second.py": code}), "verdicts")
    assert message.startswith("submissions/accepted/second.py: should be accepted; is wrong answer, first in ‘one good")
    assert "expected 0, got 3" in message


def test_a_hand_made_answer_that_the_reference_contradicts_fails() -> None:
    findings = bad(changed("data/secret.yaml", "expected: 4", "expected: 5"))
    assert any("one_pass.py: should be accepted; is wrong answer, first in ‘everything" in f.message for f in findings)


def test_a_wrong_program_that_passes_fails_the_check() -> None:
    code = files()["submissions/accepted/one_pass.py"].decode()
    header = "# mistake: None.\n# fails: no checks\n"
    message = one_bad(files(**{"submissions/wrong_answer/right.py": header + code}), "verdicts")
    assert "should be wrong answer, first in ‘no checks’; is accepted" in message


def test_a_wrong_program_must_fail_first_where_it_says() -> None:
    path = "submissions/wrong_answer/all_failures.py"
    message = one_bad(changed(path, "two outages with a good check between", "everything fails"), "verdicts")
    assert "is wrong answer, first in ‘two outages with a good check between’" in message


def test_a_slow_program_that_is_not_slow_enough_fails() -> None:
    message = one_bad(files(**{SLOW: slow(0.3)}), "time limit")
    assert "look_ahead.py ends after 3.0 s in ‘200,000 failures in a row’" in message.replace("2,000", "200,000")
    assert "more than 3 s" in message


def test_an_accepted_program_near_the_limit_fails() -> None:
    code = (
        files()["submissions/accepted/one_pass.py"]
        .decode()
        .replace("    longest = r", "    spend(0.7)\n    longest = r")
    )
    message = one_bad(files(**{"submissions/accepted/one_pass.py": code}), "time limit")
    assert "takes 701 ms" in message
    assert "a limit of 2.1 s or smaller cases are wanted" in message


def test_the_table_says_what_each_case_catches() -> None:
    kills = {kill.case: kill.by for kill in report().kills}
    assert kills["no checks"] == ()
    assert kills["exactly as many failures as retries"] == ("submissions/wrong_answer/noise_counts.py",)
    assert len(kills) == 20


def test_mistakes_are_known_by_their_patterns() -> None:
    mistakes = report().mistakes
    assert len(mistakes) == 4
    assert all(len(pattern) == 20 and set(pattern) <= set("AWT-") for pattern in mistakes)


def test_two_mistakes_with_one_pattern_explain_neither() -> None:
    path = "submissions/wrong_answer/all_failures.py"
    code = files()[path].decode().replace("All failures are counted", "Everything is counted")
    done = report(files(**{"submissions/wrong_answer/twin.py": code}))
    assert done.passed, "that is advice"
    assert any("fail the same cases" in f.message for f in done.findings if f.advice)
    assert len(done.mistakes) == 3


def test_progress_is_told_rule_by_rule() -> None:
    seen: list[CheckReport] = []
    last = check(package(SLUG, quick()), InProcess(), on_progress=seen.append)
    assert seen[-1] == last
    assert [len(report.findings) for report in seen] == sorted(len(report.findings) for report in seen)
    assert not any(report.passed or report.done for report in seen[:-1])
    assert list(dict.fromkeys(report.running for report in seen))[:3] == ["package", "data", "cases"]


def test_a_report_is_plain_json() -> None:
    found = report().as_json()
    assert json.loads(json.dumps(found)) == found
    assert found["passed"] is True
    assert found["submissions"][0]["path"] == "submissions/accepted/one_pass.py"


class Broken(InProcess):
    def __init__(self, error: Exception) -> None:
        self._error = error

    def run(self, job: Job, on_case: object = None) -> tuple[Run, ...]:
        raise self._error

    def judge(self, job: Job, on_case: object = None) -> Judgement:
        raise self._error


def test_an_engine_that_is_away_says_nothing_of_the_package() -> None:
    with pytest.raises(EngineUnavailable):
        check(package(SLUG, files()), Broken(EngineUnavailable("no engine")))


def test_a_sandbox_that_fails_ends_the_check_with_a_finding() -> None:
    done = check(package(SLUG, files()), Broken(JudgingFailed("the box broke")))
    assert done.done
    assert not done.passed
    assert done.findings[-1].message == "the sandbox could not do this: the box broke"


class Busy(InProcess):
    """A machine on which everything seems to take a second at first."""

    def __init__(self) -> None:
        self.judged: list[int] = []

    def judge(self, job: Job, on_case: object = None) -> Judgement:
        self.judged.append(len(job.cases))
        found = super().judge(job)
        if len(job.cases) < 5 or "mistake" in job.source:
            return found
        results = [replace(r, run=replace(r.run, time_ms=1000.0)) for r in found.results[:2]]
        return replace(found, results=(*results, *found.results[2:]))


def test_cases_that_look_too_slow_are_measured_again_alone() -> None:
    busy = Busy()
    assert check(package(SLUG, quick()), busy).passed
    assert 2 in busy.judged


def test_a_brief_check_asks_what_must_hold_and_gives_no_advice() -> None:
    whole, brief = report(), check(package(SLUG, quick()), InProcess(), topics=["arrays"], brief=True)
    assert brief.passed
    assert {f.rule for f in whole.findings} - {f.rule for f in brief.findings} == {"kills", "mistakes"}
    assert brief.kills == ()
    assert [trial.first_failure for trial in brief.trials] == [trial.first_failure for trial in whole.trials]
