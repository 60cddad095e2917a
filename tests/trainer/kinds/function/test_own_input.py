"""Own input: what a student may write, and what is said where it does not fit."""

from __future__ import annotations

import pytest

from sandbox.languages import languages
from sandbox.model import Case
from sandbox.signature import Signature, parse_signature
from tests.trainer.kinds.function.problems import HISTORY, KIND, SAMPLES, problem
from trainer.errors import InputError, NotFound
from trainer.kinds import get

ALLOWED = parse_signature("allowed(seconds: list[int], clients: list[str], limit: int) -> list[bool]")
VISITS = (Case("back home", (["History", 3], ["visit", "home"], ["back", 1]), [None, None, "home"], sample=True),)
SHOWN = (Case("two", ([0, 4], ["a", "b"], 2), [True, True], sample=True),)


def parse(texts: dict[str, str], signature: Signature = ALLOWED) -> Case:
    return KIND.parse_own_input(problem(signature), texts)


def test_json_and_python_are_read() -> None:
    case = parse({"seconds": "[0, 4]", "clients": "['a', \"b\"]", "limit": "2"})
    assert case.arguments == ([0, 4], ["a", "b"], 2)
    assert not case.judged
    assert not case.sample
    assert case.expected is None


@pytest.mark.parametrize(
    ("texts", "field", "message"),
    [
        ({"clients": "hello"}, "clients", "clients: .*'hello' is no plain value"),
        ({"clients": "[a]"}, "clients", "clients: .*no plain value"),
        ({"clients": "'a'"}, "clients", r"clients: is a str, the signature says list\[str\]"),
        (
            {"seconds": "[0, '4']"},
            "seconds",
            r"seconds\[1\]: is a str, the signature says int \(write a value of type int\)",
        ),
        ({"seconds": "[0, true]"}, "seconds", r"seconds\[1\]: is a bool"),
        ({"limit": "2.0"}, "limit", "limit: is a float, the signature says int"),
        ({"limit": ""}, "limit", "limit: is empty; write a value"),
        ({"limit": "99999999999999999999"}, "limit", r"limit: .* beyond 2\*\*53"),
        ({"limti": "3"}, "limti", r"no parameter 'limti' \(did you mean 'limit'\?\)"),
    ],
)
def test_what_does_not_fit_names_the_field_and_the_fix(texts: dict[str, str], field: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        parse({"seconds": "[]", "clients": "[]", "limit": "1"} | texts)
    assert caught.value.field == field


def test_a_missing_field_is_named() -> None:
    with pytest.raises(InputError, match="limit is missing"):
        parse({"seconds": "[]", "clients": "[]"})


def test_trees_are_checked() -> None:
    signature = parse_signature("depth(root: TreeNode | None) -> int")
    assert parse({"root": "[1, null, 2]"}, signature).arguments == ([1, None, 2],)
    with pytest.raises(InputError, match="absent node ends the list"):
        parse({"root": "[1, None]"}, signature)


def test_calls_of_a_class_are_read() -> None:
    case = parse({"calls": "History(3)\nvisit('home')\nback(1)"}, HISTORY)
    assert case.arguments == VISITS[0].arguments


@pytest.mark.parametrize(
    ("calls", "message"),
    [
        ("visit('home')", r"calls\[0\]: does not construct the object"),
        ("History(3)\nvisit(7)", r"calls\[1\]\.page: is an int, the signature says str"),
        ("History(3)\ngo()", "there is no method 'go'"),
        ('[["History"]]', r"calls\[0\]: gives 0 values"),
        ("7", "line 1 is no call"),
    ],
)
def test_calls_that_do_not_fit_are_explained(calls: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        parse({"calls": calls}, HISTORY)
    assert caught.value.field == "calls"


def test_the_form_shows_each_parameter_with_an_example() -> None:
    fields = KIND.own_fields(problem(ALLOWED, SHOWN))
    assert [(f.name, f.type, f.example) for f in fields] == [
        ("seconds", "list[int]", "[0, 4]"),
        ("clients", "list[str]", "['a', 'b']"),
        ("limit", "int", "2"),
    ]


@pytest.mark.parametrize(("signature", "samples"), [(ALLOWED, SHOWN), (HISTORY, VISITS)])
def test_examples_and_samples_can_be_sent_as_own_input(signature: Signature, samples: tuple[Case, ...]) -> None:
    shown = problem(signature, samples)
    examples = {field.name: field.example for field in KIND.own_fields(shown)}
    (view,) = KIND.show_samples(shown)
    assert view.own == examples
    assert KIND.parse_own_input(shown, examples).arguments == samples[0].arguments


def test_samples_are_shown_before_anything_ran() -> None:
    (view,) = KIND.show_samples(problem(HISTORY, VISITS))
    assert [argument.value.text for argument in view.input] == ["History(3)", "visit('home')", "back(1)"]
    assert view.expected.text == "[None, None, 'home']"


def test_a_long_sample_fills_no_fields() -> None:
    long = (Case("long", ([1] * 5000, [], 1), [], sample=True),)
    assert KIND.show_samples(problem(ALLOWED, long))[0].own == {}


def test_a_run_has_the_samples_first_and_own_inputs_unjudged() -> None:
    job = KIND.sample_job(problem(), SAMPLES, "code", "python", [{"number": "7"}, {"number": "8"}])
    assert job.cases[:2] == SAMPLES
    assert [(case.name, case.arguments, case.judged) for case in job.cases[2:]] == [
        ("your own input 1", (7,), False),
        ("your own input 2", (8,), False),
    ]


def test_a_submission_is_judged_with_the_problems_limits() -> None:
    job = KIND.job(problem(), SAMPLES, "code", "python")
    assert (job.cases, job.limits, job.source) == (SAMPLES, problem().limits, "code")


def test_labels_and_names() -> None:
    assert (KIND.label(problem()), KIND.label(problem(HISTORY))) == ("function", "class")
    with pytest.raises(NotFound, match="There is no kind 'riddle'; known: function, sql"):
        get("riddle")


TEXTS = {"seconds": "[0, 4]", "clients": "['a', 'b']", "limit": "2"}


def test_a_case_may_have_a_name_and_an_expected_value() -> None:
    case = parse(TEXTS | {"#": " two  of\ntwo ", "=": "[True, False]"})
    assert (case.name, case.expected, case.judged) == ("two of two", [[True, False]], False)
    assert parse(TEXTS | {"#": " ", "=": " "}).expected is None
    assert parse(TEXTS).name == "your own input 1"


@pytest.mark.parametrize(
    ("text", "message"), [("[1", "Expected value: "), ("[1, 0]", r"Expected value\[0\]: is an int")]
)
def test_an_expected_value_that_does_not_fit_is_told(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        parse(TEXTS | {"=": text})
    assert caught.value.parameter == "="


@pytest.mark.parametrize("name", languages())
def test_what_is_shown_in_a_language_can_be_written_into_the_fields(name: str) -> None:
    signature = parse_signature(
        "class Store:\n    def __init__(self, size: int): ...\n    def add_item(self, at: str, new: bool) -> None: ..."
    )
    calls = (["Store", 3], ["add_item", "home", True])
    of = problem(signature, samples=(Case("one", calls, [None, None], sample=True),))
    [sample] = KIND.show_samples(of, name)
    assert languages()[name].spell("add_item") in sample.own["calls"]
    assert KIND.parse_own_input(of, sample.own).arguments == calls
    assert KIND.own_fields(of, name)[0].example == sample.own["calls"]
