"""What a student reads of a query: rows with their differences, plans of runs, and no more than the policy allows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sandbox.judge import judge_runs
from sandbox.model import Case, ProgramError, Run, RunStatus
from sandbox.signature import Query
from trainer import kinds
from trainer.bank.files import load_folder
from trainer.bank.package import read_package
from trainer.bank.problem import Problem, Reveal
from trainer.errors import InputError
from trainer.kinds.feedback import Feedback, PlanStep, Row
from trainer.kinds.sql.expected import result_table
from trainer.kinds.sql.plan import steps

KIND = kinds.get("sql")
BANK = Path(__file__).parents[4] / "problems"
COLUMNS = [["name", "text"], ["last_order", "date"]]
PLAN = [{"Plan": {
    "Node Type": "Aggregate", "Strategy": "Hashed", "Actual Rows": 3, "Actual Loops": 1, "Shared Hit Blocks": 4,
    "Plans": [{"Node Type": "Index Scan", "Relation Name": "orders", "Index Name": "by_day", "Index Cond": "(a > 1)",
               "Actual Rows": 2, "Actual Loops": 5, "Shared Hit Blocks": 1, "Shared Read Blocks": 2}],
}}]  # fmt: skip


@pytest.fixture(scope="module")
def problem() -> Problem:
    return read_package(load_folder(BANK / "stopped-ordering").files, "stopped-ordering")


def table(*rows: list[Any], **more: Any) -> dict[str, Any]:
    return {"columns": COLUMNS, "rows": list(rows), **more}


def told(
    problem: Problem, expected: Any, run: Run, reveal: Reveal = Reveal.FULL, *, sample: bool = False, data: str = ""
) -> Feedback:
    """What is read of one case that went so, after a sample that was accepted."""
    first = Case("shown", ("",), table(), sample=True)
    case = Case("a hidden one", (data,), expected, sample=sample)
    job = KIND.job(problem, (first, case), "SELECT 1", "sql")
    record = KIND.record(problem, judge_runs(job, (Run(RunStatus.RETURNED, table()), run)))
    return KIND.feedback(record, reveal)


def test_missing_rows_come_first_and_extra_ones_are_marked(problem: Problem) -> None:
    got = table(["Ada", None], ["Bo", "2025-01-01"])
    feedback = told(problem, table(["Ada", None], ["Chi", "2025-02-02"]), Run(RunStatus.RETURNED, got))
    assert feedback.failure is not None
    assert feedback.failure.table is not None
    assert feedback.failure.reason == "1 row missing, 1 too many."
    assert feedback.failure.table.rows == (
        Row(("Chi", "2025-02-02"), "missing"),
        Row(("Ada", None)),
        Row(("Bo", "2025-01-01"), "extra"),
    )
    assert feedback.summary == "0 of 1 hidden data set passes. First failure: data set 1."


def test_the_first_row_out_of_place_is_marked(problem: Problem) -> None:
    got = table(["Bo", "2025-01-02"], ["Ada", "2025-01-01"])
    feedback = told(problem, table(["Ada", "2025-01-01"], ["Bo", "2025-01-02"]), Run(RunStatus.RETURNED, got))
    assert feedback.failure is not None
    assert feedback.failure.table is not None
    assert [row.mark for row in feedback.failure.table.rows] == ["misplaced", ""]


@pytest.mark.parametrize(("reveal", "shown"), [(Reveal.FULL, True), (Reveal.NAME, False), (Reveal.NOTHING, None)])
def test_the_policy_decides_whether_rows_are_seen(problem: Problem, reveal: Reveal, shown: bool | None) -> None:
    feedback = told(problem, table(["Secret", None]), Run(RunStatus.RETURNED, table()), reveal)
    assert (feedback.failure.shown if feedback.failure else None) == shown
    assert ("Secret" in str(feedback.as_json())) == (shown is True)


def hidden_rows(problem: Problem) -> str:
    return str(problem.secrets[0].arguments[0])


@pytest.mark.parametrize("status", [RunStatus.RETURNED, RunStatus.RAISED, RunStatus.CPU_LIMIT])
def test_a_failed_data_set_comes_with_its_rows(problem: Problem, status: RunStatus) -> None:
    run = Run(status, table()) if status is RunStatus.RETURNED else Run(status)
    feedback = told(problem, table(["Ada", None]), run, data=hidden_rows(problem))
    assert feedback.failure is not None
    assert not feedback.failure.data.cut
    assert feedback.failure.data.text.startswith("INSERT INTO")
    assert "(3, 'Chi Adeyemi')" in feedback.failure.data.text
    assert "CREATE" not in feedback.failure.data.text


@pytest.mark.parametrize("reveal", [Reveal.NAME, Reveal.NOTHING])
def test_the_policy_decides_whether_a_data_set_is_seen(problem: Problem, reveal: Reveal) -> None:
    feedback = told(problem, table(["Ada", None]), Run(RunStatus.RETURNED, table()), reveal, data=hidden_rows(problem))
    assert "Chi Adeyemi" not in str(feedback.as_json())


def test_of_a_large_data_set_the_beginning_is_shown(problem: Problem) -> None:
    data = hidden_rows(problem) + "\n-- " + "x" * 10_000
    feedback = told(problem, table(["Ada", None]), Run(RunStatus.RETURNED, table()), data=data)
    assert feedback.failure is not None
    assert feedback.failure.data.cut
    assert len(feedback.failure.data.text) <= 4096


def test_rows_of_a_sample_stand_beside_the_schema_alone(problem: Problem) -> None:
    data = str(problem.samples[0].arguments[0])
    feedback = told(problem, table(["Ada", None]), Run(RunStatus.RETURNED, table()), sample=True, data=data)
    assert feedback.samples[1].data.text == ""


def test_a_large_hidden_table_is_not_shown(problem: Problem) -> None:
    rows = [[f"name {n}", None] for n in range(40)]
    feedback = told(problem, table(*rows), Run(RunStatus.RETURNED, table()))
    assert feedback.failure is not None
    assert not feedback.failure.shown


def test_what_a_box_says_is_no_table_is_a_wrong_answer(problem: Problem) -> None:
    feedback = told(problem, table(), Run(RunStatus.RETURNED, {"rows": 1}))
    assert feedback.failure is not None
    assert feedback.failure.reason == "The answer is no table."


def test_an_error_keeps_its_words(problem: Problem) -> None:
    error = ProgramError("SQL error 22012", "division by zero", 3)
    feedback = told(problem, table(), Run(RunStatus.RAISED, error=error))
    assert feedback.failure is not None
    assert feedback.failure.error is not None
    assert (feedback.failure.error.message, feedback.failure.error.line) == ("division by zero", 3)
    assert feedback.summary.startswith("The query stopped in data set 1.")


def test_a_query_that_postgresql_refuses_is_no_program_that_does_not_compile(problem: Problem) -> None:
    error = ProgramError("SQL error 42601", "syntax error", 1, "syntax error at or near FORM")
    job = KIND.job(problem, (Case("shown", ("",), table(), sample=True),), "SELECT FORM", "sql")
    judgement = judge_runs(job, (Run(RunStatus.NOT_COMPILED, error=error),))
    feedback = KIND.feedback(KIND.record(problem, judgement), Reveal.FULL)
    assert feedback.headline == "The query does not run"
    assert feedback.compile_output == "syntax error at or near FORM"


def test_a_run_asks_for_the_plan_and_a_submission_does_not(problem: Problem) -> None:
    run = KIND.sample_job(problem, problem.samples, "SELECT 1", "sql")
    sent = KIND.job(problem, problem.samples, "SELECT 1", "sql")
    assert isinstance(run.signature, Query)
    assert isinstance(sent.signature, Query)
    assert (run.signature.explain, sent.signature.explain) == (True, False)


def test_a_plan_is_read_as_steps(problem: Problem) -> None:
    feedback = told(problem, table(), Run(RunStatus.RETURNED, table(plan=PLAN)), sample=True)
    assert feedback.samples[1].plan == (
        PlanStep(0, "HashAggregate", "", 3, 4),
        PlanStep(1, "Index Scan orders", "by by_day; (a > 1)", 10, 3),
    )


@pytest.mark.parametrize("plan", [None, [], {}, [{}], "text", [{"Plan": {}}]])
def test_a_plan_that_is_none_gives_no_steps(plan: Any) -> None:
    assert steps(plan) == []


def test_there_is_no_own_input(problem: Problem) -> None:
    assert KIND.own_fields(problem) == ()
    with pytest.raises(InputError, match="sample data"):
        KIND.parse_own_input(problem, {})


def shown(feedback: Feedback) -> list[list[list[tuple[str, str]]]]:
    """Of each marked row, of each cell, what its segments are."""
    assert feedback.failure is not None
    assert feedback.failure.table is not None
    rows = [row.shown for row in feedback.failure.table.rows if row.mark]
    return [[[(part.text, part.mark) for part in cell] for cell in cells] for cells in rows]


def reason(feedback: Feedback) -> str:
    assert feedback.failure is not None
    return feedback.failure.reason


def test_a_cell_that_differs_in_what_is_not_seen_is_marked_and_told(problem: Problem) -> None:
    expected, got = table(["AB", "2025-01-01"], ["C", None]), table(["AB ", "2025-01-01"], ["C", None])
    feedback = told(problem, expected, Run(RunStatus.RETURNED, got))
    assert shown(feedback) == [
        [[("AB", "same")], [("2025-01-01", "same")]],
        [[("AB", "same"), ("␣", "del")], [("2025-01-01", "same")]],
    ]
    alike = "Both look alike, only the form differs: 1 × blank (U+0020) too many."
    assert reason(feedback) == f"1 row missing, 1 too many. {alike}"


@pytest.mark.parametrize(
    ("expected", "got", "marked"),
    [
        ("paypal", "p\u0430ypal", "\u0430"),
        ("a b", "a\u00a0b", "\\u00a0"),
        ("a b", "a\tb", "\\t"),
        ("a\nb", "a\r\nb", "␍"),
        ("ab", "a\u200bb", "\\u200b"),
        ("café", "cafe\u0301", "cafe\\u0301"),
        ("a b", "a  b", "␣"),
    ],
)
def test_characters_that_differ_are_marked(problem: Problem, expected: str, got: str, marked: str) -> None:
    feedback = told(problem, table([expected, "2025-01-01"]), Run(RunStatus.RETURNED, table([got, "2025-01-01"])))
    cell = shown(feedback)[1][0]
    assert marked in "".join(text for text, mark in cell if mark == "del")
    assert "look alike" in reason(feedback)


def test_cells_that_are_equal_by_value_are_not_marked(problem: Problem) -> None:
    got = {"columns": [["name", "text"], ["last_order", "timestamp"]], "rows": [["Bo", "2025-01-01 00:00:00"]]}
    feedback = told(problem, table(["Ada", "2025-01-01"]), Run(RunStatus.RETURNED, got))
    assert shown(feedback) == [
        [[("Ada", "ins")], [("2025-01-01", "same")]],
        [[("Bo", "del")], [("2025-01-01 00:00:00", "same")]],
    ]
    assert "look alike" not in reason(feedback)


def test_null_in_the_place_of_a_value_is_marked(problem: Problem) -> None:
    feedback = told(problem, table(["Ada", "2025-01-01"]), Run(RunStatus.RETURNED, table(["Ada", None])))
    assert shown(feedback)[1] == [[("Ada", "same")], [("NULL", "del")]]


def test_rows_that_have_nothing_to_do_with_each_other_are_not_paired(problem: Problem) -> None:
    feedback = told(problem, table(["Ada", "2025-01-01"]), Run(RunStatus.RETURNED, table(["Bo", "2025-02-02"])))
    assert shown(feedback) == [[], []]


def test_records_of_earlier_judgements_are_still_read(problem: Problem) -> None:
    first = Case("shown", ("",), table(["Ada", None]), sample=True)
    job = KIND.job(problem, (first,), "SELECT 1", "sql")
    record = KIND.record(problem, judge_runs(job, (Run(RunStatus.RETURNED, table(["Ada ", None])),)))
    kept = record["cases"][0]["details"]["table"]
    kept["rows"] = [row[:2] for row in kept["rows"]]
    assert shown(KIND.feedback(record, Reveal.FULL)) == [[], []]


def test_with_a_wrong_type_the_rows_are_told_apart_all_the_same(problem: Problem) -> None:
    got = {"columns": [["name", "int4"], ["last_order", "date"]], "rows": [["7", None], ["8", "2025-01-01"]]}
    expected = table(["7", None], ["Bo", "2025-01-01"])
    failure = told(problem, expected, Run(RunStatus.RETURNED, got)).failure
    assert failure is not None
    assert failure.reason == "Column 1, name: number, expected text."
    assert failure.table is not None
    assert failure.table.types == ("number, expected text", "")
    assert [(row.cells, row.mark) for row in failure.table.rows] == [
        (("Bo", "2025-01-01"), "missing"),
        (("7", None), ""),
        (("8", "2025-01-01"), "extra"),
    ]
    assert [segment.mark for segment in failure.table.rows[2].shown[0]] == ["del"]


def test_a_record_of_an_earlier_release_says_nothing_of_types(problem: Problem) -> None:
    feedback = told(problem, table(["Ada", None]), Run(RunStatus.RETURNED, table()))
    assert feedback.failure is not None
    assert feedback.failure.table is not None
    assert feedback.failure.table.types == ()


def test_another_number_of_columns_is_said_and_the_rows_are_shown(problem: Problem) -> None:
    got = {"columns": [["name", "text"]], "rows": [["Ada"]]}
    failure = told(problem, table(["Ada", None]), Run(RunStatus.RETURNED, got)).failure
    assert failure is not None
    assert failure.table is not None
    assert (failure.reason[:9], failure.table.rows) == ("1 column,", (Row(("Ada",)),))


def test_an_expected_table_is_shown_with_the_types_that_are_compared() -> None:
    shown = result_table({"columns": [["n", "int8"], ["tags", "_text"]], "rows": [["1", None]]})
    assert [(column.name, column.type) for column in shown.columns] == [("n", "number"), ("tags", "list of texts")]
    assert (shown.rows, shown.count) == ((("1", None),), 1)
