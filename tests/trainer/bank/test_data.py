"""Hidden cases are resolved once: made by hand, then generated and answered by the reference."""

from __future__ import annotations

import dataclasses
import math

import pytest

from sandbox.model import Case, Job, Run, RunStatus
from tests.trainer.bank.packages import COUNTER, SIGNATURE, InProcess, changed, files, read
from trainer.bank.data import data_digest, dump_cases, load_cases, resolve
from trainer.errors import DataError

GENERATOR = "data/generate.py"


def generating(*lines: str) -> dict[str, bytes]:
    body = "\n".join(f"    {line}" for line in lines)
    return files(**{GENERATOR: f"def generate(rng):\n{body}\n"})


def test_samples_come_first_then_secret_then_generated_cases() -> None:
    problem = read()
    cases = resolve(problem, InProcess().run)
    assert cases[:2] == problem.samples
    assert cases[2:14] == problem.secrets
    assert [case.name for case in cases[14:16]] == ["200 checks, half of them fail", "2,000 checks, few fail"]
    assert len(cases) == 22


def test_the_reference_answers_generated_cases() -> None:
    problem = read(generating("yield 'five failures', {'checks': [False] * 5, 'retries': 1}"))
    assert resolve(problem, InProcess().run)[-1] == Case("five failures", ([False] * 5, 1), 5)


def test_the_same_package_gives_the_same_cases() -> None:
    assert resolve(read(), InProcess().run) == resolve(read(), InProcess().run)


def test_the_generator_runs_in_a_box_with_limits_of_its_own() -> None:
    jobs: list[Job] = []

    def run(job: Job) -> tuple[Run, ...]:
        jobs.append(job)
        return InProcess().run(job)

    resolve(read(), run)
    assert [job.signature.name for job in jobs] == ["generated_cases", "longest_outage"]
    assert all(job.limits.time_limit_s == 60 for job in jobs)
    assert not any(case.expected for job in jobs for case in job.cases), "expected values never enter a box"


def test_without_a_generator_nothing_is_run() -> None:
    def run(job: Job) -> tuple[Run, ...]:
        raise AssertionError("nothing is to be run")

    problem = read(files(**{GENERATOR: None}))
    assert resolve(problem, run) == (*problem.samples, *problem.secrets)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("yield 'a', {'checks': [False], 'retries': '1'}", "case 1: args.retries: is a str, the signature says int"),
        ("yield 'a', {'checks': [False]}", "parameter 'retries' is missing"),
        ("yield 'a', [[False], 1]", "is no mapping"),
        ("yield 'a'", "case 1: is no case"),
        ("yield 'a', {'checks': [], 'retries': 1}, 3", "case 1: is no case"),
        ("yield 'no checks', {'checks': [], 'retries': 1}", "'no checks' is the name of two cases"),
        ("yield '', {'checks': [], 'retries': 1}", "is no case"),
        ("yield 'a', 1 / 0", "ZeroDivisionError"),
        ("return iter(())", "must yield 1 to 200 cases"),
        ("yield from [('a', {})] * 201", "must yield 1 to 200 cases"),
    ],
)
def test_a_flawed_generator_is_explained(line: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        resolve(read(generating(line)), InProcess().run)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            "raise KeyError('x')",
            "one_pass.py: on the generated case 'a' the reference gave no value in line 1: KeyError",
        ),
        ("return 'three'", "answer to 'a': expected: is a str|answer to 'a': is a str"),
        ("return 2 ** 60", "beyond 2"),
    ],
)
def test_a_reference_that_fails_is_explained(body: str, message: str) -> None:
    found = generating("yield 'a', {'checks': [False], 'retries': 1}")
    found["submissions/accepted/one_pass.py"] = f"def longest_outage(checks, retries):\n    {body}\n".encode()
    with pytest.raises(DataError, match=message):
        resolve(read(found), InProcess().run)


def test_a_generator_that_is_stopped_is_explained() -> None:
    def run(job: Job) -> tuple[Run, ...]:
        return (Run(RunStatus.MEMORY_LIMIT),)

    with pytest.raises(DataError, match=r"generate\.py gave no value: memory limit"):
        resolve(read(), run)


def test_any_of_takes_the_answers_that_the_generator_yields() -> None:
    found = generating("yield 'a', {'checks': [False], 'retries': 1}, [0, 1]") | {
        "problem.md": files()["problem.md"].replace(b"compare: close", b"compare: any_of")
    }
    for file in ("data/sample.yaml", "data/secret.yaml"):
        found[file] = f"- {{name: {file}, args: {{checks: [], retries: 0}}, expected: [0]}}\n".encode()
    assert resolve(read(found), InProcess().run)[-1].expected == [0, 1]


def test_class_problems_generate_calls() -> None:
    found = generating("yield 'many', [['Counter', 1]] + [['add', 2]] * 3")
    found["problem.md"] = found["problem.md"].replace(SIGNATURE.encode(), COUNTER.encode())
    for file in ("data/sample.yaml", "data/secret.yaml"):
        found[file] = f"- {{name: {file}, calls: [[Counter, 3]], expected: [null]}}\n".encode()
    found["submissions/accepted/one_pass.py"] = (
        b"class Counter:\n    def __init__(self, start):\n        self.n = start\n"
        b"    def add(self, by):\n        self.n += by\n        return self.n\n"
    )
    assert resolve(read(found), InProcess().run)[-1].expected == [None, 3, 5, 7]


def test_cases_survive_storage() -> None:
    cases = (
        Case("plain", ([1, 2], "ü\ud800"), {"a": None}, sample=True),
        Case("calls", (["Counter", 1], ["add", 2]), [None, 3]),
        Case("not a number", ([math.nan, math.inf],), -math.inf),
    )
    assert repr(load_cases(dump_cases(cases))) == repr(cases)


@pytest.mark.parametrize("data", [b"", b"rubbish", dump_cases(())[:-3]])
def test_damaged_storage_is_noticed(data: bytes) -> None:
    with pytest.raises(DataError, match="damaged"):
        load_cases(data)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("data/secret.yaml", "retries: 10}", "retries: 11}"),
        ("data/sample.yaml", "expected: 3", "expected: 4"),
        ("data/generate.py", "0.95", "0.94"),
        ("submissions/accepted/one_pass.py", "longest = row = 0", "longest, row = 0, 0"),
    ],
)
def test_the_address_of_the_data_tells_what_decides_it(path: str, old: str, new: str) -> None:
    assert data_digest(read(changed(path, old, new))) != data_digest(read())


def test_texts_do_not_change_the_address_of_the_data() -> None:
    problem = read()
    assert data_digest(dataclasses.replace(problem, title="x", statement="y", minutes=3)) == data_digest(problem)
