"""What a student is told of a program that does not compile."""

from __future__ import annotations

import json
from typing import Any

from sandbox.executables.machine_code import MOST_COMPLAINTS, Complaint, NotCompiled, told_of


def told(source: str, *complaints: Complaint) -> dict[str, Any]:
    report = json.loads(told_of(NotCompiled(complaints), source, "x.cpp"))
    assert report["status"] == "not compiled"
    error: dict[str, Any] = report["error"]
    return error


def test_a_complaint_has_its_line_and_a_mark_below_the_place() -> None:
    report = told_of(
        NotCompiled([Complaint("no", 2, 5), Complaint("all", None), Complaint("no", 9)]), "a\n\té=b;\n", "x.cpp"
    )
    error = json.loads(report)["error"]
    assert (error["type"], error["message"], error["line"]) == ("CompileError", "no", 2)
    assert error["trace"] == "x.cpp:2:5: no\n    \té=b;\n    \t  ^\nall\nx.cpp:9: no"


def test_the_first_place_is_the_errors_own() -> None:
    error = told("a\nb\n", Complaint("of the linker"), Complaint("of the compiler", 2))
    assert (error["message"], error["line"]) == ("of the compiler", 2)


def test_what_is_said_again_and_again_is_told_once_and_all_of_it_has_an_end() -> None:
    error = told("a\n", *[Complaint("the same", 1)] * 99)
    assert error["trace"] == "x.cpp:1: the same\n    a"
    many = told("", *[Complaint(str(number) * 10_000) for number in range(99)])
    assert len(many["trace"].splitlines()) == MOST_COMPLAINTS
    assert len(many["trace"]) < 16_000
