"""What a problem says, as the API tells it in practice and in interviews: never an answer, never a hidden case."""

from __future__ import annotations

from dataclasses import asdict

from trainer.api.models.problems import (
    CauseModel,
    ChoiceModel,
    QuestionModel,
    Sample,
    SchemaModel,
    ServiceModel,
)
from trainer.bank.causes import ANSWER, Cause
from trainer.bank.markdown import render
from trainer.bank.problem import Problem, Service
from trainer.bank.questions import Choice, Question, shuffled
from trainer.kinds.base import SampleView


def sample(view: SampleView) -> Sample:
    lines = (f"{line.name} = {line.value.text}" if line.name else line.value.text for line in view.input)
    return Sample(name=view.name, input="\n".join(lines), expected=view.expected.text)


def question(asked: Question) -> QuestionModel:
    return QuestionModel(
        name=asked.name,
        type=asked.type,
        ask_html=str(render(asked.ask)),
        choices=[_choice(choice) for choice in shuffled(asked)],
        lefts=[_choice(left) for left in asked.lefts],
        unit=asked.unit,
    )


def database(content: Problem) -> SchemaModel | None:
    return SchemaModel.model_validate(asdict(content.schema)) if content.schema else None


def service(content: Problem) -> ServiceModel | None:
    return _service(content.service) if content.service else None


def _service(found: Service) -> ServiceModel:
    return ServiceModel(
        start=found.start,
        env=dict(found.env),
        has_upstream=found.upstream,
        evidence=dict(found.evidence),
        cause=_cause(found.cause) if found.cause else None,
        most_changed_lines=found.most_changed_lines if found.cause else None,
    )


def _cause(cause: Cause) -> CauseModel:
    return CauseModel(
        file=ANSWER,
        ask_html=str(render(cause.ask)),
        choices=[_choice(choice) for choice in sorted(cause.choices, key=lambda choice: choice.id)],
    )


def _choice(choice: Choice) -> ChoiceModel:
    return ChoiceModel(id=choice.id, text=choice.text)
