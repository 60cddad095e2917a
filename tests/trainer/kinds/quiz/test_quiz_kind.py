"""A quiz is marked on the host. Of a wrong answer only what was taken is explained, and never the right one."""

from __future__ import annotations

import json
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.model import Judgement, Verdict
from tests.trainer.kinds.quiz.test_answers import (
    KIND,
    MATCH,
    MULTIPLE,
    NUMBER,
    ORDER,
    PROBLEM,
    SINGLE,
    TEXT,
    anything,
    ids,
)
from trainer.bank.problem import Reveal
from trainer.bank.questions import Choice, Question, QuestionType
from trainer.errors import InputError
from trainer.kinds.feedback import Feedback, QuestionFeedback
from trainer.kinds.quiz.marks import is_right, mark

RIGHT: dict[str, Any] = {
    SINGLE.name: ids(SINGLE)[0],
    MULTIPLE.name: [ids(MULTIPLE)[0], ids(MULTIPLE)[2]],
    ORDER.name: ids(ORDER),
    MATCH.name: {MATCH.lefts[0].id: ids(MATCH)[0], MATCH.lefts[1].id: ids(MATCH)[1]},
    TEXT.name: "location",
    NUMBER.name: "17,5 seconds",
}


def judged(answers: dict[str, Any] | str) -> Judgement:
    source = answers if isinstance(answers, str) else json.dumps(answers)
    judgement = KIND.job(PROBLEM, PROBLEM.secrets, source, "answers")
    assert isinstance(judgement, Judgement)
    return judgement


def told(answers: dict[str, Any] | str, reveal: Reveal = Reveal.FULL) -> Feedback:
    return KIND.feedback(KIND.record(PROBLEM, judged(answers)), reveal)


def test_all_right_is_accepted() -> None:
    feedback = told(RIGHT)
    assert (feedback.verdict, feedback.score, feedback.headline) == (Verdict.ACCEPTED, 1.0, "Accepted")
    assert feedback.summary == "6 of 6 questions are right."
    assert all(question.right and question.answered for question in feedback.questions)


@pytest.mark.parametrize(
    ("question", "answer", "reason"),
    [
        (SINGLE, ids(SINGLE)[1], ""),
        (MULTIPLE, ids(MULTIPLE)[:1], "Not exactly the right ones: 1 missing."),
        (MULTIPLE, ids(MULTIPLE), "Not exactly the right ones: 1 too many."),
        (MULTIPLE, ids(MULTIPLE)[1:2], "Not exactly the right ones: 2 missing, 1 too many."),
        (ORDER, [ids(ORDER)[0], ids(ORDER)[2], ids(ORDER)[1]], "1 of 3 is in the right place."),
        (MATCH, {MATCH.lefts[0].id: ids(MATCH)[0]}, "1 of 2 pairs is right."),
        (MATCH, {MATCH.lefts[0].id: ids(MATCH)[0], MATCH.lefts[1].id: ids(MATCH)[2]}, "1 of 2 pairs is right."),
        (TEXT, "Header", "Not this."),
        (TEXT, "etag", "That names a version."),
        (NUMBER, "18", "Not this."),
        (NUMBER, "5,0 seconds", "That counts the tries."),
        (NUMBER, "five", "This is not a number. Write digits, like 1500 or 0.25."),
    ],
)
def test_each_type_is_marked_and_says_what_is_wrong(question: Question, answer: Any, reason: str) -> None:
    feedback = told(RIGHT | {question.name: answer})
    (wrong,) = (one for one in feedback.questions if not one.right)
    assert (feedback.verdict, feedback.css) == (Verdict.WRONG_ANSWER, "wa")
    assert feedback.score == pytest.approx(5 / 6)
    assert feedback.summary == "5 of 6 questions are right. Read what is said of your answers, then try again."
    assert (wrong.name, wrong.answered, wrong.reason) == (question.name, True, reason)


def test_what_was_not_answered_is_said() -> None:
    feedback = told({})
    assert feedback.summary.startswith("0 of 6")
    assert {(q.answered, q.reason, q.parts) for q in feedback.questions} == {(False, "Not answered.", ())}


def test_a_right_answer_opens_every_explanation_of_its_question() -> None:
    single = told({SINGLE.name: RIGHT[SINGLE.name]}).questions[0]
    assert [(part.chosen, part.mark, part.why) for part in single.parts] == [
        (True, "right", "It names what there is now."),
        (False, "wrong", "It says less than it could."),
        (False, "wrong", "Something was found, or made."),
    ]
    assert told({ORDER.name: RIGHT[ORDER.name]}).questions[2].why == "An answer needs a question."


def test_of_a_wrong_choice_only_this_one_is_explained() -> None:
    single = told({SINGLE.name: ids(SINGLE)[2]}).questions[0]
    assert [(part.text, part.why) for part in single.parts] == [("`404 Not Found`", "Something was found, or made.")]


def multiple(right: tuple[int, ...], count: int = 5) -> Question:
    choices = (Choice(str(n), f"choice {n}", n in right, f"why {n}") for n in range(count))
    return Question("many", QuestionType.MULTIPLE, "Which?", choices=tuple(choices))


@pytest.mark.parametrize("size", range(1, 5))
def test_who_takes_all_learns_nothing_of_each(size: int) -> None:
    said = {mark(multiple(right), list("01234")) for right in combinations(range(5), size)}
    assert len(said) == 1
    assert said.pop().parts == ()


def test_of_several_choices_at_most_one_wrong_one_is_explained() -> None:
    for size in range(1, 5):
        for right in combinations(range(5), size):
            for taken in (list(some) for count in range(1, 6) for some in combinations("01234", count)):
                said = mark(multiple(right), taken)
                if not said.right:
                    assert len(said.parts) <= 1
                    assert all(part.mark == "wrong" and part.chosen for part in said.parts)
                    assert not said.parts or len(taken) <= size


def test_a_wrong_choice_among_few_enough_is_explained() -> None:
    (part,) = mark(multiple((0, 1)), ["0", "4"]).parts
    assert (part.text, part.why) == ("choice 4", "why 4")


def test_of_wrong_pairs_only_their_number_is_told() -> None:
    lefts, rights = ids_of(MATCH.lefts), ids(MATCH)
    said = [mark(MATCH, {lefts[0]: rights[a], lefts[1]: rights[b]}) for a, b in ((0, 2), (2, 1))]
    assert said[0] == said[1]
    assert (said[0].reason, said[0].parts) == ("1 of 2 pairs is right.", ())


def ids_of(choices: tuple[Choice, ...]) -> list[str]:
    return [choice.id for choice in choices]


def words_of(question: Question) -> set[str]:
    """What would give the right answer away: choices that were not taken, the explanation, the answer itself."""
    explained = {question.why} if question.why else set()
    match question.type:
        case QuestionType.SINGLE | QuestionType.MULTIPLE:
            return {choice.why for choice in question.choices if choice.right}
        case QuestionType.MATCH:
            return {left.why for left in question.lefts}
        case QuestionType.TEXT:
            return explained | {"Location"}
        case QuestionType.NUMBER:
            return explained | {"17.5"}
    return explained


@given(anything())
def test_a_wrong_answer_never_reveals_the_right_one(answers: dict[str, Any]) -> None:
    for question in PROBLEM.questions:
        answer = answers.get(question.name)
        if answer is None or is_right(question, answer):
            continue
        said = mark(question, answer)
        taken = [answer] if isinstance(answer, str) else list(answer)
        assert not said.right
        assert said.why == ""
        assert {part.id for part in said.parts} <= {*taken, "", *(left.id for left in question.lefts)}
        assert not hints(question, said, answer) & words_of(question)


def hints(question: Question, said: QuestionFeedback, answer: Any) -> set[str]:
    """The texts that are said, without those of parts that the student got right."""
    return {said.reason} | {part.why for part in said.parts if part.mark == "wrong"}


@given(anything())
def test_pairs_and_choices_that_are_wrong_are_not_explained_as_right(answers: dict[str, Any]) -> None:
    for said in told(answers).questions:
        for part in said.parts:
            if said.name == MATCH.name and part.mark == "wrong":
                assert part.why == ""


@pytest.mark.parametrize("source", ["", "[]", '{"no such question": 1}', json.dumps({SINGLE.name: "gone"})])
def test_answers_that_cannot_be_read_are_a_compile_error_that_says_why(source: str) -> None:
    feedback = told(source)
    assert (feedback.verdict, feedback.headline) == (Verdict.COMPILE_ERROR, "Answers not readable")
    assert "Nothing was marked." in feedback.summary
    assert feedback.compile_output.endswith(".")
    assert feedback.questions == ()


def test_by_name_only_right_or_wrong_is_said() -> None:
    feedback = told(RIGHT | {NUMBER.name: "5"}, Reveal.NAME)
    assert [question.right for question in feedback.questions] == [True] * 5 + [False]
    assert {(question.reason, question.why, question.parts) for question in feedback.questions} == {("", "", ())}


def test_where_nothing_may_be_shown_only_the_count_is() -> None:
    feedback = told(RIGHT | {NUMBER.name: "5"}, Reveal.NOTHING)
    assert feedback.questions == ()
    assert feedback.summary == "5 of 6 questions are right."


def test_a_judge_error_is_ours_and_the_work_is_safe() -> None:
    feedback = KIND.feedback(KIND.judge_error("The judge itself failed."), Reveal.FULL)
    assert feedback.css == "je"
    assert "your work is safe" in feedback.summary
    assert feedback.questions == ()


def test_a_record_is_plain_json_and_reads_the_same_again() -> None:
    record = KIND.record(PROBLEM, judged(RIGHT | {TEXT.name: "\ud800\x00"}))
    again = json.loads(json.dumps(record))
    assert KIND.feedback(again, Reveal.FULL) == KIND.feedback(record, Reveal.FULL)
    json.dumps(record, ensure_ascii=False).encode()


@given(st.text(max_size=200))
def test_any_typed_text_is_marked(text: str) -> None:
    for question in (TEXT, NUMBER):
        assert told({question.name: text}).css == "wa"


def test_there_is_nothing_to_run() -> None:
    for ask in (lambda: KIND.sample_job(PROBLEM, (), "{}", "answers"), lambda: KIND.parse_own_input(PROBLEM, {})):
        with pytest.raises(InputError, match="nothing to run: submit your answers"):
            ask()
    assert (KIND.show_samples(PROBLEM), KIND.own_fields(PROBLEM), KIND.label(PROBLEM)) == ((), (), "quiz")
    assert KIND.mistake_patterns(PROBLEM, PROBLEM.secrets, lambda job: judged({})) == {}
