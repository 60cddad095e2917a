"""A package is read whole, or every flaw is named with its file, its key and its fix."""

from __future__ import annotations

import dataclasses

import pytest

from sandbox.model import Compare, Verdict
from tests.trainer.bank.packages import COUNTER, SIGNATURE, SLUG, changed, files, flaws, read
from trainer.bank.package import read_package
from trainer.bank.problem import Difficulty, Reveal
from trainer.errors import PackageError


def test_everything_of_a_package_is_read() -> None:
    problem = read()
    assert problem.slug == SLUG
    assert problem.title == "Longest outage"
    assert problem.difficulty is Difficulty.EASY
    assert problem.topics == ("arrays",)
    assert str(problem.signature) == "longest_outage(checks: list[bool], retries: int) -> int"
    assert (problem.limits.time_limit_s, problem.limits.memory_mib) == (1, 256)
    assert problem.compare is Compare.CLOSE
    assert problem.reveal is Reveal.FULL
    assert problem.statement.startswith("A monitor checks a service")
    assert [hint.title for hint in problem.hints] == ["What ends a row?", "When do you know that a row was long?"]
    assert problem.samples[0].arguments == ([True, False, False, False, True, False], 1)
    assert problem.samples[0].sample
    assert not problem.secrets[0].sample
    assert len(problem.secrets) == 12
    assert problem.generator is not None
    assert problem.reference.path == "submissions/accepted/one_pass.py"


def test_a_wrong_submission_says_its_mistake_and_the_case_that_catches_it() -> None:
    wrong = {s.name: s for s in read().submissions if s.verdict is Verdict.WRONG_ANSWER}
    assert wrong["all_failures"].mistake == "All failures are counted together, not those in a row."
    assert wrong["all_failures"].fails == ("two outages with a good check between",)
    assert wrong["all_failures"].language == "python"


def test_a_problem_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        read().title = "other"  # type: ignore[misc]


def test_a_starter_of_the_package_replaces_the_generated_one() -> None:
    code = "def longest_outage(checks, retries):\n    return 7\n"
    assert read(files(**{"starter/python.py": code})).starters["python"] == code


@pytest.mark.parametrize(
    ("path", "old", "new", "key", "problem", "fix"),
    [
        ("problem.md", "time_limit_s", "time", "", "unknown key 'limits.time'", "did you mean 'time_limit_s'?"),
        ("problem.md", "minutes: 10", "minuets: 10", "", "unknown key 'minuets'", "did you mean 'minutes'?"),
        ("problem.md", "minutes: 10", "minutes: ten", "minutes", "'ten' will not do", "integer"),
        ("problem.md", "minutes: 10\n", "", "minutes", "is missing", "add a line 'minutes: …'"),
        ("problem.md", "difficulty: easy", "difficulty: esay", "difficulty", "'esay' will not do", "or 'hard'"),
        ("problem.md", "topics: [arrays]", "topics: [aray]", "topics", "unknown topic 'aray'", "mean 'arrays'?"),
        ("problem.md", "minutes: 10", "minutes: 10\nknown_as: [BFS]", "known_as.0", "'BFS' will not do", "lower case"),
        ("problem.md", "minutes: 10", "minutes: 10\nknown_as: ['a  b']", "known_as.0", "'a  b' will", "single spaces"),
        ("problem.md", "minutes: 10", "minutes: 10\nknown_as: ['--']", "known_as.0", "'--' will not do", "a name"),
        ("problem.md", "minutes: 10", "minutes: 10\nknown_as: [bfs, bfs]", "known_as", "will not do", "'bfs' twice"),
        ("problem.md", "minutes: 10", "minutes: 10\nknown_as: bfs", "known_as", "'bfs' will not do", "tuple"),
        ("problem.md", "topics: [arrays]", "topics: []", "topics", "[] will not do", "at least 1"),
        ("problem.md", "topics: [arrays]", "topics: arrays", "topics", "'arrays' will not do", "list"),
        ("problem.md", "kind: function", "kind: funktion", "kind", "there is no kind", "did you mean 'function'?"),
        ("problem.md", "compare: close", "compare: fuzzy", "compare", "'fuzzy' will not do", "'unordered'"),
        ("problem.md", "reveal: full", "reveal: true", "reveal", "True will not do", "'nothing'"),
        ("problem.md", "list[bool]", "array[bool]", "signature", "array[bool]", ""),
        ("problem.md", "compare: close", "in_place: chekcs", "in_place", "no parameter 'chekcs'", ""),
        ("problem.md", "limit_s: 1,", "limit_s: 600,", "limits.time_limit_s", "600 will not do", "equal to 20"),
        ("problem.md", "minutes: 10", "minutes: 10\nminutes: 11", "line 12", "key 'minutes' stands twice", "keep one"),
        ("problem.md", "title: Longest", "title: A: Longest", "line 2", "mapping values", "in quotes"),
        ("data/secret.yaml", "retries: 10}", "retires: 10}", "case 11 'more retries than checks': args",
         "unknown parameter 'retires'", "did you mean 'retries'?"),
        ("data/secret.yaml", "retries: 10}", "retries: ten}", "case 11 'more retries than checks': args.retries",
         "is a str, the signature says int", "write a value of type int"),
        ("data/secret.yaml", "[true, false, false], retries", "[true, 0, false], retries",
         "case 8 'an outage that lasts until the end': args.checks[1]", "is an int, the signature says bool", "bool"),
        ("data/secret.yaml", "  expected: 4\n", "  expeted: 4\n", "case 10", "unknown key 'expeted'", "did you mean"),
        ("data/secret.yaml", "  expected: 4\n", "", "case 10", "'expected' is missing", "name, args and expected"),
        ("data/secret.yaml", "  expected: 4\n", "  expected: 4.0\n", "case 10 'everything fails': expected",
         "is a float", "type int"),
        ("data/secret.yaml", "name: one good check", "name: no checks", "no checks", "name of two cases", "say what"),
        ("data/secret.yaml", "name: one good check", "name: 12", "case 2: name", "12 is no name", "in quotes"),
        ("data/secret.yaml", "  expected: 4\n", "  expected: 9007199254740993\n", "expected", "beyond 2**53", "exact"),
        ("hints.md", "## What ends a row?", "What ends a row?", "line 1", "before the first hint", "'## A question?'"),
        ("data/generate.py", "def generate(rng):", "def generate(rng:", "line 4", "is no Python", ""),
        ("data/generate.py", "def generate(rng):", "def make(rng):", "generate", "is missing", "def generate(rng):"),
        ("submissions/wrong_answer/all_failures.py", "# fails: two", "# fail: two", "fails", "is missing", "fails: a"),
        ("submissions/accepted/one_pass.py", "def longest", "# fails: x\ndef longest", "fails", "accepted", "remove"),
    ],
)  # fmt: skip
def test_a_flaw_is_named_with_file_key_and_fix(path: str, old: str, new: str, key: str, problem: str, fix: str) -> None:
    found = flaws(changed(path, old, new))
    assert found, "the package was read"
    assert found[0].file == path
    assert key in found[0].key
    assert problem in found[0].problem
    assert fix in found[0].fix


def test_one_mistake_hides_no_other() -> None:
    found = files()
    matter = found["problem.md"].decode().replace("minutes: 10", "minutes: soon").replace("[arrays]", "[arays]")
    cases = found["data/secret.yaml"].decode().replace("retries: 0}", "retrys: 0}", 1) + "- name: ~\n"
    broken = found | {"problem.md": matter.encode(), "data/secret.yaml": cases.encode(), "odd.bin": b"\xff"}
    assert [(flaw.file, flaw.line, flaw.key) for flaw in flaws(broken)] == [
        ("odd.bin", 0, "byte 0"),
        ("problem.md", 5, "topics"),
        ("problem.md", 11, "minutes"),
        ("odd.bin", 0, ""),
        ("data/secret.yaml", 0, "line 37"),
        ("data/secret.yaml", 1, "case 1 'no checks': args"),
        ("data/secret.yaml", 1, "case 1 'no checks': args"),
        ("data/secret.yaml", 37, "case 13"),
        ("data/secret.yaml", 37, "case 13"),
    ]


def test_a_front_matter_that_is_no_yaml_hides_no_other_file() -> None:
    found = changed("problem.md", "title: Longest outage", "title: a: b")
    found["data/secret.yaml"] += b"- name: 07\n"
    assert [(flaw.file, flaw.key) for flaw in flaws(found)] == [
        ("problem.md", "line 2"),
        ("data/secret.yaml", "line 37"),
        ("data/secret.yaml", "case 13"),
        ("data/secret.yaml", "case 13"),
    ]


def test_a_control_character_is_named_with_its_line() -> None:
    (flaw,) = flaws(changed("solution.md", "Keep the length", "Keep \x1b[1mthe length"))
    assert str(flaw) == "solution.md: line 8: holds the control character U+001B (remove it)"


def test_an_unknown_key_is_named_with_its_line() -> None:
    (flaw,) = flaws(changed("problem.md", "compare:", "comparee:"))
    assert str(flaw).startswith("problem.md: line 8: unknown key 'comparee'")


def test_a_version_that_was_published_before_stays_readable() -> None:
    found = changed("data/secret.yaml", "retries: 10}", "retries: +10}") | {"solution.md": b"<!-- O(n) -->\n"}
    assert {flaw.file for flaw in flaws(found)} == {"data/secret.yaml", "solution.md"}
    assert read_package(found, SLUG, published=True).secrets


@pytest.mark.parametrize("path", ["problem.md", "hints.md", "solution.md", "data/sample.yaml", "data/secret.yaml"])
def test_a_missing_file_is_named(path: str) -> None:
    assert any(flaw.file == path and flaw.problem == "is missing" for flaw in flaws(files(**{path: None})))


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("problems.md", "is no file of a package"),
        ("data/secrets.yaml", "is no file of a package"),
        ("../problem.md", "is an odd path"),
        ("/etc/passwd", "is an odd path"),
        ("data/../../x", "is an odd path"),
        ("data\\x.yaml", "is an odd path"),
        ("submissions/wrong_anser/x.py", "there is no verdict 'wrong_anser'"),
        ("submissions/judge_error/x.py", "there is no verdict 'judge_error'"),
        ("submissions/accepted/x.cob", "no language is known for '.cob'"),
        ("starter/pyton.py", "is no starter"),
    ],
)
def test_a_file_that_the_format_does_not_know_is_refused(path: str, problem: str) -> None:
    (flaw,) = flaws(files(**{path: "x"}))
    assert flaw.file == path
    assert problem in flaw.problem
    assert flaw.fix


def test_all_flaws_are_reported_at_once() -> None:
    found = changed("problem.md", "minutes: 10", "minuets: 10")
    found |= {"hints.md": b"no hints", "odd.txt": b""}
    del found["solution.md"]
    assert {flaw.file for flaw in flaws(found)} == {"problem.md", "hints.md", "odd.txt", "solution.md"}


def test_the_error_reads_as_lines_that_name_the_thing_and_the_fix() -> None:
    with pytest.raises(PackageError) as caught:
        read(changed("problem.md", "time_limit_s", "time"))
    line = "problems/longest-outage/problem.md: line 7: unknown key 'limits.time' (did you mean 'time_limit_s'?)"
    assert str(caught.value) == line


@pytest.mark.parametrize("slug", ["", "Two-Sum", "two_sum", "-a", "a--b", "a/b", "..", "a" * 81])
def test_a_slug_is_a_plain_word(slug: str) -> None:
    with pytest.raises(PackageError, match="slug"):
        read_package(files(), slug)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"\xff\xfe", "is not UTF-8"),
        (b"---\n\0", "is a NUL"),
        (b"x" * 40_000, "is larger than 32 KiB"),
        (b"no front matter", "has no front matter"),
        (b"---\ntitle: x\n---\n", "has no statement"),
        (b"---\n- a\n---\ntext\n", "holds no keys"),
        (b"---\na: &x [1]\nb: *x\n---\ntext\n", "aliases are not read"),
        (b"---\na: " + b"[" * 90 + b"]" * 90 + b"\n---\ntext\n", "nests deeper"),
        (b"---\na: !!python/object/apply:os.system [id]\n---\ntext\n", "could not determine a constructor"),
        (b"---\n? [a, b]\n: 1\n---\ntext\n", "a key must be plain"),
    ],
)
def test_hostile_text_is_refused(content: bytes, problem: str) -> None:
    assert any(problem in flaw.problem for flaw in flaws(files() | {"problem.md": content}))


def test_class_problems_hold_calls_against_the_stub() -> None:
    found = changed("problem.md", SIGNATURE, COUNTER)
    good = "- {name: adding, calls: [[Counter, 3], [add, 4]], expected: [null, 7]}\n"
    found["data/sample.yaml"] = good.encode()
    found["data/secret.yaml"] = b"- {name: other, calls: [[Counter, 1]], expected: [null]}\n"
    assert read(found).samples[0].arguments == (["Counter", 3], ["add", 4])


@pytest.mark.parametrize(
    ("calls", "expected", "problem"),
    [
        ("[[add, 4]]", "[1]", "does not construct the object"),
        ("[[Counter, 3], [sub, 4]]", "[null, 1]", "there is no method 'sub'"),
        ("[[Counter, 3], [add]]", "[null, 1]", "gives 0 values"),
        ("[[Counter, 3], [add, x]]", "[null, 1]", "is a str, the signature says int"),
        ("[[Counter, 3], [add, 1]]", "[null, null]", "is None, the signature says int"),
        ("[[Counter, 3], [add, 1]]", "[null]", "is no list of 2 values"),
        ("[[Counter, 3], [Counter, 1]]", "[null, null]", "there is no method 'Counter'"),
        ("{}", "[null]", "is no list of calls"),
        ("[3]", "[null]", "is no list of calls"),
    ],
)
def test_calls_that_do_not_fit_are_flaws(calls: str, expected: str, problem: str) -> None:
    found = changed("problem.md", SIGNATURE, COUNTER)
    found["data/sample.yaml"] = f"- {{name: a, calls: {calls}, expected: {expected}}}\n".encode()
    assert any(flaw.file == "data/sample.yaml" and problem in flaw.problem for flaw in flaws(found))


def test_any_of_wants_a_list_of_answers() -> None:
    found = changed("problem.md", "compare: close", "compare: any_of")
    assert "is no list of acceptable answers" in flaws(found)[0].problem


def test_in_place_compares_the_parameter() -> None:
    found = changed("problem.md", SIGNATURE, 'signature: "tidy(rows: list[int]) -> None"\nin_place: rows')
    for file in ("data/sample.yaml", "data/secret.yaml"):
        found[file] = f"- {{name: {file}, args: {{rows: [2, 1]}}, expected: [1, 2]}}\n".encode()
    assert str(read(found).signature.answer_type) == "list[int]"  # type: ignore[union-attr]
