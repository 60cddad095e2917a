"""Own cases by API: kept, changed, deleted, and run with their expected values."""

from __future__ import annotations

from tests.trainer.api.conftest import Student
from trainer.web.runtime import Runtime

CASES = "/problems/double/cases"
FIVE = {"name": "five", "input": {"number": "5"}, "expected": "11"}
RIGHT = "def double(number):\n    return 2 * number\n"


def test_a_case_is_kept_changed_and_deleted(student: Student) -> None:
    made = student.post(CASES, FIVE)
    assert (made.status_code, {key: made.json[key] for key in FIVE}) == (201, FIVE)
    changed = student.put(f"{CASES}/{made.json['id']}", FIVE | {"expected": ""})
    assert (changed.status_code, changed.json["expected"]) == (200, "")
    assert [case["name"] for case in student.get(CASES).json["cases"]] == ["five"]
    path = f"/api/v1{CASES}/{made.json['id']}"
    assert student._client.delete(path, headers=student._headers).status_code == 204
    assert student._client.delete(path, headers=student._headers).status_code == 404
    assert student.get(CASES).json == {"cases": []}


def test_somebody_elses_case_is_not_there(student: Student, other: Student) -> None:
    number = student.post(CASES, FIVE).json["id"]
    assert other.put(f"{CASES}/{number}", FIVE).status_code == 404
    assert other.get(CASES).json == {"cases": []}


def test_a_run_says_whether_each_gives_what_is_expected(student: Student, judges: Runtime) -> None:
    inputs = [{"number": "5", "=": "11", "#": "five"}, {"number": "6", "=": "12"}, {"number": "7"}]
    state = student.wait(student.submit(RIGHT, what="runs", own_inputs=inputs))
    assert state["verdict"] == "accepted"
    assert [(case["name"], case["verdict"]) for case in state["feedback"]["own"]] == [
        ("five", "wrong answer"),
        ("your own input 2", "accepted"),
        ("your own input 3", None),
    ]


def test_of_several_the_one_that_does_not_fit_is_named(student: Student) -> None:
    inputs = [{"number": "5"}, {"number": "six"}]
    answer = student.post("/problems/double/runs", {"language": "python", "source": RIGHT, "own_inputs": inputs})
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "own_inputs[1].number")
