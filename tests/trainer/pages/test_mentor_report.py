"""The report of a check as mentors read it, and what an upload changes."""

from __future__ import annotations

from typing import Any

from trainer.models import Upload, UploadStatus
from trainer.pages.mentor.changes import changes
from trainer.pages.mentor.report import KillLine, read_report


def finding(rule: str, ok: bool = True, message: str = "fine", advice: bool = False) -> dict[str, Any]:
    return {"rule": rule, "ok": ok, "message": message, "advice": advice, "seconds": 0.5}


def upload(*findings: dict[str, Any], status: UploadStatus = UploadStatus.CHECKED, **report: Any) -> Upload:
    return Upload(status=status, report={"findings": list(findings), "running": "", **report})


def test_findings_of_a_rule_are_one_line() -> None:
    view = read_report(upload(finding("package"), finding("verdicts"), finding("verdicts", message="also")))
    package, verdicts = view.rules
    assert (package.words, package.css, package.seconds) == ("fine", "ac", 0.5)
    assert verdicts.words == "2 checked, all as they should be"
    assert verdicts.passed == ("fine", "also")
    assert view.holding == 2


def test_what_is_wrong_stands_first() -> None:
    view = read_report(upload(finding("leak"), finding("leak", False, "hint 1 holds 42"), finding("leak", False, "so")))
    assert view.rules[0].css == "wa"
    assert view.rules[0].flaws == ("hint 1 holds 42", "so")
    assert view.failing == 1


def test_advice_is_no_failure() -> None:
    view = read_report(upload(finding("kills", False, "one case catches nothing", advice=True)))
    assert (view.rules[0].css, view.rules[0].words) == ("tle", "one case catches nothing")
    assert (view.failing, view.advice) == (0, 1)


def test_the_rule_at_work_is_shown_while_the_check_runs() -> None:
    view = read_report(upload(finding("package"), status=UploadStatus.CHECKING, running="data"))
    assert [(line.name, line.css) for line in view.rules] == [("package", "ac"), ("data", "judging")]


def test_kills_are_counted_among_wrong_submissions() -> None:
    view = read_report(
        upload(
            kills=[{"case": "nothing", "by": ["a.py"]}, {"case": "large", "by": []}],
            submissions=[{"expected": "accepted"}, {"expected": "wrong answer"}, {"expected": "wrong answer"}],
        )
    )
    assert view.kills == (KillLine("nothing", 1, 2), KillLine("large", 0, 2))
    assert view.kills[0].dots == 2
    assert KillLine("many", 3, 40).dots == 0


def test_changed_new_and_gone_files_are_listed() -> None:
    before = {"a": b"one\ntwo", "b": b"same", "c": b"old"}
    after = {"a": b"one\nthree", "b": b"same", "d": b"new"}
    found = changes(before, after)
    assert [(change.path, change.sort, change.added, change.removed) for change in found] == [
        ("a", "changed", 1, 1),
        ("c", "gone", 0, 1),
        ("d", "new", 1, 0),
    ]
