"""From a quiz and answers to a judgement: no box is needed, nothing of them runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from sandbox.model import AnyJob, Case, CaseResult, Judgement, Run, RunStatus, Verdict
from trainer.bank.problem import Problem
from trainer.errors import InputError
from trainer.kinds.base import OwnField, SampleView
from trainer.kinds.quiz.answers import read_answers
from trainer.kinds.quiz.marks import mark

NO_RUN = "A quiz has nothing to run: submit your answers."


def label(problem: Problem) -> str:
    return "quiz"


def job(problem: Problem, cases: Iterable[Case], source: str, language: str) -> Judgement:
    """Marks the answers at once. Answers that cannot be read are a compile error, which says why."""
    try:
        answers = read_answers(problem.questions, source)
    except InputError as error:
        return Judgement(Verdict.COMPILE_ERROR, 0.0, (), compile_output=str(error))
    results = []
    for question, case in zip(problem.questions, cases, strict=True):
        marked = mark(question, answers.get(question.name))
        verdict = Verdict.ACCEPTED if marked.right else Verdict.WRONG_ANSWER
        run = Run(RunStatus.RETURNED, value=answers.get(question.name))
        results.append(CaseResult(case, verdict, run, marked.reason))
    right = sum(result.verdict is Verdict.ACCEPTED for result in results)
    verdict = Verdict.ACCEPTED if right == len(results) else Verdict.WRONG_ANSWER
    return Judgement(verdict, right / len(results), tuple(results))


def sample_job(
    problem: Problem,
    samples: Iterable[Case],
    source: str,
    language: str,
    own_inputs: Sequence[Mapping[str, str]] = (),
) -> AnyJob:
    raise InputError(NO_RUN)


def show_samples(problem: Problem, language: str = "") -> tuple[SampleView, ...]:
    return ()


def own_fields(problem: Problem, language: str = "") -> tuple[OwnField, ...]:
    return ()


def parse_own_input(problem: Problem, texts: Mapping[str, str], number: int = 1) -> Case:
    raise InputError(NO_RUN)


def mistake_patterns(
    problem: Problem, cases: Sequence[Case], judge: Callable[[AnyJob], Judgement]
) -> Mapping[str, str]:
    """None: every wrong choice explains itself."""
    return {}
