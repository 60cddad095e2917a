"""What a student reads: the verdict, what happened, the first failure, and never more than the policy allows."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from sandbox.model import Case, Compare, Judgement, NotRun, ProgramError, Run, RunStatus, Verdict, not_run
from sandbox.signature import parse_signature
from tests.trainer.kinds.function.problems import HIDDEN, KIND, SAMPLES, judged, problem, raised, recorded, value
from trainer.bank.problem import Problem, Reveal
from trainer.kinds.feedback import Bar, Counts, Feedback, Segment

ALL_RIGHT = (value(0), value(-8), value(2 * 10**6))
SLOW = Run(RunStatus.CPU_LIMIT, time_ms=2000)
NOT_RUN = Run(RunStatus.NOT_RUN)


def feedback(*hidden: Run, reveal: Reveal = Reveal.FULL, **more: Any) -> Feedback:
    return KIND.feedback(recorded(*hidden, **more), reveal)


def test_accepted() -> None:
    read = feedback(*ALL_RIGHT)
    assert (read.verdict, read.css, read.headline) == (Verdict.ACCEPTED, "ac", "Accepted")
    assert read.summary == "3 of 3 hidden cases."
    assert read.casebar == (Bar(1, ""), Bar(2, ""), Bar(3, ""))
    assert read.failure is None
    assert (read.hidden, read.sample) == (Counts(3, 3), Counts(2, 2))
    assert read.submitted


def test_wrong_answer_shows_the_first_failure() -> None:
    read = feedback(value(0), value(8, stdout="-4\n", time_ms=7), raised())
    assert read.headline == "Wrong answer"
    assert read.summary == "1 of 3 hidden cases pass. First failure: case 2."
    assert read.casebar == (Bar(1, ""), Bar(2, "wa"), Bar(3, "rte"))
    assert read.failure is not None
    assert (read.failure.name, read.failure.number, read.failure.group) == ("below zero", 2, "hidden")
    assert read.failure.shown
    assert [(a.name, a.value.text) for a in read.failure.input] == [("number", "-4")]
    assert read.failure.expected == (Segment("-8", "ins"),)
    assert read.failure.got == (Segment("8", "del"),)
    assert read.failure.stdout.text == "-4\n"
    assert read.failure.time_ms == 7


def test_time_limit_names_the_case_and_points_to_growth() -> None:
    read = feedback(value(0), SLOW, NOT_RUN)
    assert read.summary == "Stopped after 2 s in ‘below zero’. Smaller cases pass: think about growth."
    assert read.casebar[1:] == (Bar(2, "tle"), Bar(3, "not-run"))


def test_time_limit_in_the_very_first_case_points_to_a_loop() -> None:
    read = feedback(NOT_RUN, NOT_RUN, NOT_RUN, samples=(SLOW, SLOW))
    assert read.summary == "Stopped after 2 s in ‘three’. Look for a loop that does not end."


@pytest.mark.parametrize(("reveal", "is_told"), [(Reveal.FULL, True), (Reveal.NAME, True), (Reveal.NOTHING, False)])
def test_what_was_not_run_is_told_with_its_reason(reveal: Reveal, is_told: bool) -> None:
    """Where nothing may be known of hidden cases, not even how many came after the failure."""
    (stopped,) = not_run(NotRun.TIMEOUTS, 1)
    read = feedback(SLOW, SLOW, stopped, reveal=reveal)
    assert read.summary.endswith(" 1 case was not run: judging stopped after two time-outs.") is is_told
    assert ("not run" in read.summary) is is_told


def test_a_compile_error_says_only_once_that_nothing_was_run() -> None:
    stopped = not_run(NotRun.NOT_COMPILED, 3)
    read = feedback(*stopped, samples=(Run(RunStatus.NOT_COMPILED), stopped[0]))
    assert read.summary == "The program cannot start, so no case was run."


def test_memory_and_output_limits_name_the_limit() -> None:
    memory = feedback(value(0), Run(RunStatus.MEMORY_LIMIT), value(1))
    assert memory.summary == "Used more than 256 MiB in ‘below zero’. Keep less in memory at once."
    output = feedback(value(0), Run(RunStatus.OUTPUT_LIMIT), value(1))
    assert output.summary == "Wrote more than 64 KiB in ‘below zero’. Print less, return less."


def test_run_time_error_shows_the_error_unchanged() -> None:
    read = feedback(value(0), raised("KeyError", "'a'", 7), value(1))
    assert read.summary == "The program stopped in case 2. 1 of 3 hidden cases pass."
    assert read.failure is not None
    assert read.failure.error is not None
    assert (read.failure.error.type, read.failure.error.message, read.failure.error.line) == ("KeyError", "'a'", 7)
    assert read.failure.error.trace == "Traceback: 'a'"
    assert read.failure.got == ()


def test_compile_error_shows_the_line_and_no_cases() -> None:
    error = ProgramError("SyntaxError", "invalid syntax", 3, "line 3: invalid syntax")
    read = feedback(
        *[Run(RunStatus.NOT_COMPILED, error=error)] * 3, samples=[Run(RunStatus.NOT_COMPILED, error=error)] * 2
    )
    assert read.headline == "Compile error"
    assert read.summary == "The program cannot start, so no case was run."
    assert read.compile_output == "line 3: invalid syntax"
    assert (read.casebar, read.failure, read.samples) == ((), None, ())


def test_judge_error_is_ours_and_tells_nothing_of_the_machinery() -> None:
    read = KIND.feedback(KIND.judge_error("container 3fc4 of the pool broke"), Reveal.FULL)
    assert read.css == "je"
    assert "on our side" in read.summary
    assert "no try" in read.summary
    assert "3fc4" not in json.dumps(read.as_json())


def test_a_failing_sample_comes_before_hidden_cases() -> None:
    read = feedback(*ALL_RIGHT, samples=(value(6), value(9)))
    assert read.summary == "3 of 3 hidden cases pass. First failure: sample 2."
    assert read.failure is not None
    assert (read.failure.group, read.failure.name) == ("sample", "four")


def test_a_run_shows_samples_and_own_input() -> None:
    own = Case("your own input 1", (5,), judged=False)
    record = KIND.record(problem(), judged([value(6), value(7), value(10, stdout="hello")], (*SAMPLES, own)))
    read = KIND.feedback(record, Reveal.NOTHING)
    assert not read.submitted
    assert read.summary == "1 of 2 samples pass. First failure: sample 2."
    assert [case.css for case in read.samples] == ["ac", "wa"]
    assert [(case.css, case.verdict) for case in read.own] == [("own", None)]
    assert read.own[0].got == (Segment("10"),)
    assert read.own[0].expected == ()
    assert read.own[0].stdout.text == "hello"
    assert read.casebar == ()


def test_a_green_run_says_what_comes_next() -> None:
    read = KIND.feedback(KIND.record(problem(), judged([value(6), value(8)], SAMPLES)), Reveal.FULL)
    assert read.headline == "Samples pass"
    assert read.summary == "2 of 2 samples pass. Submit runs the hidden cases."


def test_own_input_that_stops_the_program_is_named() -> None:
    own = Case("your own input 1", (5,), judged=False)
    record = KIND.record(problem(), judged([value(6), value(8), raised("IndexError")], (*SAMPLES, own)))
    read = KIND.feedback(record, Reveal.FULL)
    assert read.summary == "The program stopped in your own input 1. 2 of 2 samples pass."
    assert read.own[0].error is not None


def large_case(size: int) -> tuple[Case, ...]:
    return (Case("many rows", ("x" * size,), 1),)


def test_a_large_case_is_named_but_not_shown() -> None:
    run = raised("KeyError", "the secret", 7)
    read = feedback(run, cases=large_case(3000))
    assert read.failure is not None
    assert (read.failure.name, read.failure.shown, read.failure.input) == ("many rows", False, ())
    assert read.failure.error is not None
    assert (read.failure.error.type, read.failure.error.line) == ("KeyError", 7)
    assert (read.failure.error.message, read.failure.error.trace) == ("", "")
    assert (read.failure.stdout.text, read.failure.reason) == ("", "")


def test_a_case_at_the_bound_is_shown() -> None:
    shown = feedback(value(2), cases=large_case(2048 - len("''") - len("1"))).failure
    hidden = feedback(value(2), cases=large_case(2049 - len("''") - len("1"))).failure
    assert shown is not None
    assert hidden is not None
    assert (shown.shown, hidden.shown) == (True, False)


def test_the_policy_name_shows_name_number_type_and_line() -> None:
    read = feedback(value(0), raised("ValueError", "secret", 4), value(1), reveal=Reveal.NAME)
    assert read.failure is not None
    assert (read.failure.name, read.failure.number, read.failure.shown) == ("below zero", 2, False)
    assert read.failure.error is not None
    assert (read.failure.error.type, read.failure.error.message, read.failure.error.line) == ("ValueError", "", 4)


@pytest.mark.parametrize("run", [value(7), raised("Secret"), SLOW, Run(RunStatus.MEMORY_LIMIT)])
def test_the_policy_nothing_shows_verdict_and_score_only(run: Run) -> None:
    read = feedback(value(0), run, value(1), reveal=Reveal.NOTHING)
    assert read.failure is None
    assert read.casebar == ()
    assert (read.time_ms, read.memory_mib) == (None, None)
    assert read.hidden == Counts(1, 3)
    assert "case 2" not in read.summary
    assert "below zero" not in read.summary


def test_the_policy_nothing_still_shows_samples() -> None:
    read = feedback(*ALL_RIGHT, reveal=Reveal.NOTHING, samples=(value(6), value(9)))
    assert read.failure is not None
    assert read.failure.got == (Segment("9", "del"),)


def test_a_known_mistake_is_explained() -> None:
    record = recorded(value(0), value(8), value(2 * 10**6))
    mistakes = {"AWA": "It squares.", "AWW": "Another."}
    assert KIND.feedback(record, Reveal.FULL, mistakes).mistake == "It squares."
    assert KIND.feedback(record, Reveal.NAME, mistakes).mistake == ""
    assert KIND.feedback(record, Reveal.NOTHING, mistakes).mistake == ""
    assert KIND.feedback(record, Reveal.FULL).mistake == ""
    assert KIND.feedback(recorded(*ALL_RIGHT), Reveal.FULL, {"AAA": "x"}).mistake == "x"


def test_feedback_is_plain_json() -> None:
    read = feedback(value(0), raised(), value(float("nan")))
    assert json.loads(json.dumps(read.as_json(), allow_nan=False))["verdict"] == "run-time error"


def test_sentences_have_no_exclamation_marks_and_end_with_a_full_stop() -> None:
    for status in RunStatus:
        if status not in (RunStatus.NOT_RUN, RunStatus.RETURNED):
            for reveal in Reveal:
                summary = feedback(value(0), Run(status), value(1), reveal=reveal).summary
                assert summary.endswith(".")
                assert "!" not in summary


CANARY = "canary-7e41"


def leaking_runs() -> list[Run]:
    """Programs that write what they were given into everything that comes back."""
    error = ProgramError(f"E{CANARY}", f"m {CANARY}", 999_331, f"t {CANARY}", None)
    return [
        value(CANARY, stdout=CANARY, stderr=CANARY, time_ms=999_331.0),
        Run(RunStatus.RAISED, error=error, stdout=CANARY, time_ms=999_331.0),
        Run(RunStatus.NO_VALUE, error=ProgramError(CANARY), stdout=CANARY),
        Run(RunStatus.DIED, error=ProgramError(CANARY)),
        Run(RunStatus.CPU_LIMIT, stdout=CANARY, time_ms=999_331.0),
        Run(RunStatus.MEMORY_LIMIT, memory_mib=999_331.0),
        Run(RunStatus.BOX_ENDED, error=ProgramError(CANARY, CANARY)),
        Run(RunStatus.NOT_COMPILED, error=ProgramError(CANARY, CANARY, 1, CANARY)),
    ]


@pytest.mark.parametrize("run", leaking_runs(), ids=lambda run: run.status.value)
def test_under_nothing_no_canary_leaves_a_hidden_case(run: Run) -> None:
    cases = tuple(Case(f"{CANARY} {n}", (f"{CANARY}",), f"{CANARY} expected") for n in range(3))
    record = recorded(run, run, run, cases=cases)
    assert CANARY in json.dumps(record), "the record of a mentor has it"
    read = KIND.feedback(record, Reveal.NOTHING, {"WWW": CANARY, "RRR": CANARY, "TTT": CANARY, "MMM": CANARY})
    said = json.dumps(read.as_json())
    assert CANARY not in said
    assert "999331" not in said


@pytest.mark.parametrize("run", leaking_runs()[:-1], ids=lambda run: run.status.value)
def test_under_name_no_canary_leaves_but_the_name(run: Run) -> None:
    cases = tuple(Case(f"case number {n}", (CANARY,), f"{CANARY} expected") for n in range(3))
    read = KIND.feedback(recorded(run, run, run, cases=cases), Reveal.NAME)
    said = json.dumps(read.as_json())
    assert CANARY not in said
    assert "case number 0" in said
    assert "case number 1" not in said


def test_a_program_cannot_tell_a_hidden_input_as_its_compile_error() -> None:
    forged = Run(RunStatus.NOT_COMPILED, error=ProgramError("SyntaxError", CANARY, 1, CANARY))
    for reveal in Reveal:
        read = feedback(forged, NOT_RUN, NOT_RUN, reveal=reveal)
        assert read.verdict is Verdict.COMPILE_ERROR
        assert CANARY not in json.dumps(read.as_json())


def test_later_failures_are_never_shown() -> None:
    cases = (*HIDDEN[:2], Case("later", (CANARY,), CANARY))
    read = feedback(value(0), value(1), value(CANARY, stdout=CANARY), cases=cases)
    assert CANARY not in json.dumps(read.as_json())


def test_patterns_come_from_the_packages_wrong_programs() -> None:
    judgement = judged([value(6), value(8), value(0), value(16), value(1)])
    assert isinstance(judgement, Judgement)
    assert KIND.mistake_patterns(problem(), SAMPLES + HIDDEN, lambda job: judgement) == {}


WORDS = parse_signature("shout(word: str) -> list[str]")


def test_an_answer_that_looks_right_says_what_is_not_seen() -> None:
    case = Case("a word", ("a",), ["pay pal", "b"], sample=True)
    kept = KIND.record(problem(WORDS), judged([value(["pay\u00a0p\u0430l", "b"])], (case,), WORDS))
    failure = KIND.feedback(kept, Reveal.FULL).failure
    assert failure is not None
    assert failure.reason == (
        "Both look alike, only the form differs: 1 × no-break space (U+00A0) too many, 1 × blank (U+0020) missing, "
        "‘\u0430’ (U+0430, Cyrillic small letter a) stands where ‘a’ (U+0061, Latin small letter a) is expected."
    )
    assert "".join(part.text for part in failure.got if part.mark == "del") != ""


def test_where_words_differ_nothing_is_said_of_their_form() -> None:
    case = Case("a word", ("a",), ["pay", "b"], sample=True)
    kept = KIND.record(problem(WORDS), judged([value(["paid ", "b"])], (case,), WORDS))
    failure = KIND.feedback(kept, Reveal.FULL).failure
    assert failure is not None
    assert failure.reason == ""


def own_run(*own: tuple[Case, Run], made: Problem | None = None) -> Feedback:
    """What is read of a run whose samples pass."""
    cases = (*SAMPLES, *(case for case, _ in own))
    judgement = judged([value(6), value(8), *(run for _, run in own)], cases)
    assert judgement.verdict is Verdict.ACCEPTED
    return KIND.feedback(KIND.record(made or problem(), judgement), Reveal.FULL)


def own(expected: Any, name: str = "mine") -> Case:
    return Case(name, (5,), expected, judged=False)


def test_own_cases_are_held_against_what_is_expected() -> None:
    told = own_run((own([10], "right"), value(10)), (own([11], "wrong"), value(10)), (own(None, "open"), value(10)))
    assert [(case.name, case.css) for case in told.own] == [("right", "ac"), ("wrong", "wa"), ("open", "own")]
    assert ["".join(segment.text for segment in case.expected) for case in told.own] == ["10", "11", ""]
    assert told.headline == "Samples pass"
    assert told.summary.endswith("1 of 2 own cases give what you expect.")


def test_none_can_be_expected_and_a_wrong_type_is_said() -> None:
    (case,) = own_run((own([None]), value(10))).own
    assert (case.css, "".join(segment.text for segment in case.expected)) == ("wa", "None")
    (case,) = own_run((own([10]), value("10"))).own
    assert case.reason.startswith("Returned str")


def test_where_several_answers_are_right_the_expected_one_is_enough() -> None:
    made = replace(problem(), compare=Compare.ANY_OF)
    (case,) = own_run((own([[10]]), value(10)), made=made).own
    assert (case.css, "".join(segment.text for segment in case.expected)) == ("ac", "10")


def test_an_own_case_that_stops_is_told_as_before() -> None:
    cases = (*SAMPLES, own([10]))
    record = KIND.record(problem(), judged([value(6), value(8), raised()], cases))
    assert KIND.feedback(record, Reveal.FULL).own[0].css == "rte"
