"""What every kind of problem can do: pure functions on plain values, no request, no session, no sandbox."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sandbox.model import AnyJob, Case, Judgement
from trainer.bank.problem import Problem, Reveal
from trainer.kinds.feedback import Argument, Feedback, Text

Record = dict[str, Any]
"""Everything that is kept of a judgement, as plain JSON values of bounded size, safe for any database."""


EXPECTED, NAME = "=", "#"
"""Under these keys own input has an expected value, and the name of the case: no parameter can be called so."""


@dataclass(frozen=True, slots=True)
class OwnField:
    """One field of the form for own input. `example` is a text that it takes."""

    name: str
    type: str
    example: str


@dataclass(frozen=True, slots=True)
class SampleView:
    """One sample as the problem page shows it before anything ran.

    `own` holds the texts that fill the fields for own input with it; empty where one of them would be long.
    """

    name: str
    input: tuple[Argument, ...]
    expected: Text
    own: Mapping[str, str]


class Kind(Protocol):
    """One kind: a package below trainer/kinds with these names."""

    @property
    def NAME(self) -> str: ...

    @property
    def LENGTHY(self) -> bool:
        """May judging one answer take minutes? Then one judge is kept free of it, where there are several."""

    def label(self, problem: Problem) -> str:
        """What lists show as its kind, in lower case."""

    def job(self, problem: Problem, cases: Iterable[Case], source: str, language: str) -> AnyJob | Judgement:
        """A submission, to be judged on samples and hidden cases as `trainer.bank.data.resolve` gives them.

        Where nothing has to run the judgement itself.
        """

    def sample_job(
        self,
        problem: Problem,
        samples: Iterable[Case],
        source: str,
        language: str,
        own_inputs: Sequence[Mapping[str, str]] = (),
    ) -> AnyJob | Judgement:
        """A run: the samples, then the student's own inputs, which are not judged. Raises InputError."""

    def from_form(self, problem: Problem, form: Mapping[str, list[str]]) -> str:
        """A submission's source, made of what a page's form posts."""

    def lacks_answer(self, problem: Problem, source: str) -> str:
        """Why there is nothing in it that could be judged, in a sentence with the mend; empty where there is."""

    def to_read(self, problem: Problem, source: str) -> str:
        """A submission's source as its author reads it, in lines that can be compared. Never raises."""

    def show_samples(self, problem: Problem, language: str = "") -> tuple[SampleView, ...]:
        """The samples in order, their values as the language writes them; without one as Python does."""

    def own_fields(self, problem: Problem, language: str = "") -> tuple[OwnField, ...]:
        """The fields in which a student writes own input. Their examples are written as the language does."""

    def parse_own_input(self, problem: Problem, texts: Mapping[str, str], number: int = 1) -> Case:
        """A student's own input: a text for each field, of functions also an expected value and a name.

        Raises InputError, which names the field and how to fix it.
        """

    def record(self, problem: Problem, judgement: Judgement, language: str = "") -> Record:
        """What is kept of a judgement. Details stay only of samples, own input and the first hidden failure.

        Values are written as the answer's language does.
        """

    def judge_error(self, message: str) -> Record:
        """The record of a judging that failed by our fault before there was a judgement."""

    def feedback(self, record: Record, reveal: Reveal, mistakes: Mapping[str, str] | None = None) -> Feedback:
        """What the student may read. `mistakes` are what `mistake_patterns` gave."""

    def mistake_patterns(
        self, problem: Problem, cases: Sequence[Case], judge: Callable[[AnyJob], Judgement]
    ) -> Mapping[str, str]:
        """The package's known mistakes by the pattern of hidden cases that they fail. Judges each wrong submission."""
