"""Packages and languages: what a problem is offered in, and what follows from it."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from sandbox.languages import languages
from sandbox.model import Job, Limits, Verdict
from tests.trainer.bank.packages import SLUG, files, flaws, read
from trainer.bank import jobs, proofs, stored
from trainer.bank.files import load_folder
from trainer.bank.jobs import limits_in, make_job
from trainer.bank.report import CheckReport, Finding
from trainer.bank.rules.programs import to_run

PROGRAM = "submissions/accepted/one_loop.js"
SOURCE = "function longestOutage(checks, retries) {\n  return 0;\n}\n"


def test_a_problem_is_offered_in_every_language_python_first() -> None:
    starters = read().starters
    assert list(starters) == list(languages())
    assert starters["python"].startswith("def longest_outage(checks: list[bool], retries: int)")
    assert "function longestOutage(checks, retries)" in starters["javascript"]


def test_programs_are_of_the_language_that_their_files_end_in() -> None:
    found = {s.path: s for s in read(files(**{PROGRAM: SOURCE})).submissions}
    assert (found[PROGRAM].language, found[PROGRAM].verdict) == ("javascript", Verdict.ACCEPTED)


def test_a_wrong_program_says_its_mistake_in_comments_of_its_language() -> None:
    source = f"// mistake: It counts nothing.\n// fails: two outages with a good check between\n{SOURCE}"
    path = "submissions/wrong_answer/nothing.js"
    found = {s.path: s for s in read(files(**{path: source})).submissions}
    assert found[path].mistake == "It counts nothing."


def test_no_language_has_this_ending() -> None:
    told = [str(flaw) for flaw in flaws(files(**{"submissions/accepted/a.cob": "x"}))]
    assert any("no language is known for '.cob'" in flaw for flaw in told)


def test_a_version_that_was_stored_before_a_language_offers_it() -> None:
    problem = read()
    old = dataclasses.replace(problem, starters={"python": "def longest_outage(): ...\n"})
    found = stored.read(stored.FORMAT, stored.write(old)).starters
    assert found == {**problem.starters, "python": "def longest_outage(): ...\n"}


def test_only_starters_that_a_package_brings_are_run_beside_the_first() -> None:
    assert list(to_run(read())) == ["python"]
    assert list(to_run(read(files(**{"starter/javascript.js": SOURCE})))) == ["python", "javascript"]


def test_a_language_may_have_more_time(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = dataclasses.replace(languages()["python"], name="slow", time_factor=2.5)
    monkeypatch.setattr(jobs, "languages", lambda: {"slow": slow})
    assert limits_in("slow", Limits(2.0, 128)) == Limits(5.0, 128)
    assert limits_in("answers", Limits(2.0)) == Limits(2.0)
    problem = read()
    job = make_job(problem, problem.samples, "", "slow")
    assert isinstance(job, Job)
    assert job.limits.time_limit_s == 2.5 * problem.limits.time_limit_s


@pytest.mark.parametrize(("more", "holds"), [({}, True), ({PROGRAM: SOURCE}, False)])
def test_a_proof_depends_on_the_boxes_of_the_languages_that_were_judged(
    more: dict[str, str], holds: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, content in files(**more).items():
        (tmp_path / SLUG / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / SLUG / name).write_bytes(content)
    package = load_folder(tmp_path / SLUG)
    proofs.keep(tmp_path, package, CheckReport(SLUG, (Finding("package", True, "read"),), done=True))
    assert proofs.holds(tmp_path, SLUG)
    real = proofs.image_name
    monkeypatch.setattr(proofs, "image_name", lambda image: "another" if image == "javascript" else real(image))
    assert proofs.holds(tmp_path, SLUG) is holds
