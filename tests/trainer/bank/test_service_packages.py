"""Packages of services and of debugging: what is read, what is refused, what their check asks of a sandbox."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pytest

from sandbox.judge import judge_runs
from sandbox.model import Case, Judgement, Run, RunStatus, ServiceJob, Verdict
from tests.examples import make_debug, make_service
from trainer.bank.causes import ANSWER, NAMED, SMALL
from trainer.bank.check import CheckReport, check
from trainer.bank.files import Package
from trainer.bank.jobs import make_job
from trainer.bank.package import read_package
from trainer.bank.problem import Problem, Service
from trainer.bank.sources import unpack
from trainer.errors import Flaw, PackageError

IN_MEMORY = "submissions/wrong_answer/in_memory.yaml"
TABLE = "submissions/accepted/table.yaml"
BLAMED = "submissions/wrong_answer/sorting_blamed.yaml"
MISTAKE = "mistake: It is wrong.\nfails: A note outlives a restart.\n"
CHANGE = "changes: [{file: app.py, from: 'import os', to: 'import os, sys'}]\n"


def read(package: Package) -> Problem:
    return read_package(package.files, package.slug)


def service_of(problem: Problem) -> Service:
    assert problem.service is not None
    return problem.service


def flaws(package: Package) -> list[Flaw]:
    with pytest.raises(PackageError) as refused:
        read(package)
    return list(refused.value.flaws)


def named(problem: Problem, name: str) -> Mapping[str, str]:
    return unpack(next(one.source for one in problem.submissions if one.name == name))


def test_a_service_is_read_whole() -> None:
    problem = read(make_service())
    service = service_of(problem)
    assert [step.name for step in service.steps] == [
        "A note that was sent can be read.", "A note without a text is refused with 422.", "A note outlives a restart.",
    ]  # fmt: skip
    assert [step.sample for step in service.steps] == [True, False, False]
    assert (service.start, service.upstream, service.cause) == ("python3 app.py", False, None)
    assert set(unpack(problem.starters["files"])) == {"app.py", "notes.py"}
    assert problem.reference.name == "table"


def test_settings_and_the_upstream_stand_in_the_front_matter() -> None:
    text = make_service().files["problem.md"].decode()
    more = text.replace("start: python3 app.py", "start: flask run\nenv: {LIMIT: '5'}\nupstream: true")
    service = service_of(read(make_service(**{"problem.md": more})))
    assert (service.start, service.env, service.upstream) == ("flask run", {"LIMIT": "5"}, True)


def test_an_answer_is_its_base_with_changes() -> None:
    problem = read(make_service())
    starter = unpack(problem.starters["files"])
    assert named(problem, "in_memory")["notes.py"] == starter["notes.py"]
    assert "psycopg" in named(problem, "table")["notes.py"]
    assert named(problem, "asks_later") == {**named(problem, "table"), "app.py": starter["app.py"]}


def test_an_accepted_answer_may_be_a_folder_and_files_may_go() -> None:
    folder = {"submissions/accepted/two_pages/app.py": "x", "submissions/accepted/two_pages/pages/one.py": "y"}
    wrong = f"{MISTAKE}base: two_pages\nremove: [pages/one.py]\nadd: {{pages/two.py: z}}\n"
    problem = read(make_service(**folder, **{"submissions/wrong_answer/moved.yaml": wrong}))
    assert named(problem, "two_pages") == {"app.py": "x", "pages/one.py": "y"}
    assert named(problem, "moved") == {"app.py": "x", "pages/two.py": "z"}


@pytest.mark.parametrize(
    ("files", "file", "key", "problem", "fix"),
    [
        ({IN_MEMORY: MISTAKE + CHANGE.replace("import os'", "os'")}, IN_MEMORY, "change 1", "stands 3 times", "once"),
        ({IN_MEMORY: MISTAKE + CHANGE.replace("import os'", "import so'")}, IN_MEMORY, "change 1", "0 times", "once"),
        ({IN_MEMORY: MISTAKE + CHANGE.replace("app.py", "ap.py")}, IN_MEMORY, "change 1", "no file 'ap.py'", "app.py"),
        ({IN_MEMORY: MISTAKE + "changes: [x]"}, IN_MEMORY, "change 1", "is no change", "from: |"),
        ({IN_MEMORY: MISTAKE + "base: tabel\n" + CHANGE}, IN_MEMORY, "base", "no 'tabel'", "did you mean 'table'?"),
        ({IN_MEMORY: MISTAKE + "base: in_memory\n" + CHANGE}, IN_MEMORY, "base", "no 'in_memory'", "known"),
        ({IN_MEMORY: MISTAKE + "remove: [old.py]"}, IN_MEMORY, "remove", "no file 'old.py'", "did you mean"),
        ({IN_MEMORY: MISTAKE + "add: {../x.py: a}"}, IN_MEMORY, "", "'../x.py'", "students could not send it"),
        ({IN_MEMORY: MISTAKE + "remove: [app.py, notes.py]"}, IN_MEMORY, "", "no files", "students could not send it"),
        ({IN_MEMORY: MISTAKE}, IN_MEMORY, "", "changes nothing", "changes:"),
        ({IN_MEMORY: "fails: x\n" + CHANGE}, IN_MEMORY, "mistake", "is missing", "one sentence"),
        ({IN_MEMORY: "mistake: x\n" + CHANGE}, IN_MEMORY, "fails", "is missing", "name a step"),
        ({IN_MEMORY: MISTAKE + "chagnes: []\n" + CHANGE}, IN_MEMORY, "chagnes", "unknown key", "'changes'?"),
        ({IN_MEMORY: MISTAKE + "add: [x]"}, IN_MEMORY, "add", "will not do", "a text for each path"),
        ({IN_MEMORY: MISTAKE + "changes: x"}, IN_MEMORY, "changes", "will not do", "a list"),
        ({IN_MEMORY: MISTAKE + "changes:\n"}, IN_MEMORY, "changes", "will not do", "a list"),
        ({IN_MEMORY: MISTAKE + "base: []\n" + CHANGE}, IN_MEMORY, "base", "will not do", "a text"),
        ({IN_MEMORY: "[]"}, IN_MEMORY, "", "is no answer", "changes:"),
        ({IN_MEMORY: "mistake: [x"}, IN_MEMORY, "line", "", ""),
        ({TABLE: "mistake: x\n" + CHANGE}, TABLE, "mistake", "stands in an accepted answer", "remove it"),
        ({TABLE: None}, "submissions/accepted/", "", "holds no answer", "add the reference"),
        ({"submissions/wrong_answer/late/app.py": "x"}, "submissions/wrong_answer/late", "", "is a folder", "YAML"),
        ({"submissions/wrong_anser/x.yaml": MISTAKE + CHANGE}, "submissions/wrong_anser/x.yaml", "",
         "no verdict 'wrong_anser'", "did you mean 'wrong_answer'?"),
        ({"submissions/wrong_answer/x.yaml/app.py": "x"}, "submissions/wrong_answer/x.yaml", "", "is a folder", "YAML"),
        ({"starter/app.py": None, "starter/notes.py": None}, "starter/", "", "holds no files", "it must listen"),
        ({"starter/large.txt": "x" * 65536}, "starter/", "", "64 KB", "students could not send it"),
        ({"data/suite/notes.py": "x"}, "data/suite/notes.py", "", "is no file of a package", "data/"),
        ({"data/secret.yaml": "[]"}, "data/secret.yaml", "", "is no file of a package", ""),
    ],
)  # fmt: skip
def test_a_flaw_is_named_with_its_fix(
    files: Mapping[str, str | None], file: str, key: str, problem: str, fix: str
) -> None:
    found = flaws(make_service(**files))
    assert any(f.file == file and f.key.startswith(key) and problem in f.problem and fix in f.fix for f in found), found


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("start: python3 app.py", "start: ''", "start"),
        ("start: python3 app.py", "start: |\n  a\n  b", "start"),
        ("start: python3 app.py", "env: {small: '1'}", "env"),
        ("start: python3 app.py", "env: {LIMIT: 5}", "env"),
        ("start: python3 app.py", "upstream: 1", "upstream"),
        ("start: python3 app.py", "most_changed_lines: 3", ""),
    ],
)
def test_keys_of_the_front_matter_are_strict(old: str, new: str, key: str) -> None:
    text = make_service().files["problem.md"].decode()
    found = flaws(make_service(**{"problem.md": text.replace(old, new)}))
    assert any(flaw.file == "problem.md" and flaw.key.startswith(key) for flaw in found), found


# debugging


def test_cause_and_size_are_the_last_hidden_steps() -> None:
    problem = read(make_debug())
    service = service_of(problem)
    assert [step.name for step in service.steps[-2:]] == [NAMED, SMALL]
    assert [step.name for step in problem.secrets[-2:]] == [NAMED, SMALL]
    assert list(service.evidence) == ["orders.log"]
    assert service.most_changed_lines == 2
    assert ANSWER not in unpack(problem.starters["files"])


def test_answers_of_the_package_name_the_right_cause_unless_they_say_another() -> None:
    problem = read(make_debug())
    cause = service_of(problem).cause
    assert cause is not None
    assert named(problem, "from_zero")[ANSWER] == named(problem, "first_page_only")[ANSWER] == cause.right
    assert named(problem, "sorting_blamed")[ANSWER] == "?"


@pytest.mark.parametrize(
    ("files", "file", "key", "problem"),
    [
        ({"cause.yaml": None}, "cause.yaml", "", "is missing"),
        ({"cause.yaml": "ask: Why?"}, "cause.yaml", "choices", "is missing"),
        ({"evidence/picture.png": "x"}, "evidence/picture.png", "", "is no file of a package"),
        ({"starter/CAUSE": "x"}, "starter/CAUSE", "", "under which the cause is kept"),
        ({"data/suite/02_more.py": f'def test_x(api):\n    """{SMALL}"""\n'}, "data/suite/02_more.py", "test_x",
         "has the sentence of a step of ours"),
    ],
)  # fmt: skip
def test_a_flaw_of_debugging_is_named(files: Mapping[str, str | None], file: str, key: str, problem: str) -> None:
    found = flaws(make_debug(**files))
    assert any(f.file == file and f.key.startswith(key) and problem in f.problem for f in found), found


def test_the_bound_on_the_change_is_wanted() -> None:
    text = make_debug().files["problem.md"].decode().replace("most_changed_lines: 2\n", "")
    assert any(flaw.key == "most_changed_lines" for flaw in flaws(make_debug(**{"problem.md": text})))


def test_what_is_decided_on_the_host_never_enters_a_box() -> None:
    problem = read(make_debug())
    job = make_job(problem, (*problem.secrets, *problem.samples), problem.reference.source, "files")
    assert isinstance(job, ServiceJob)
    assert set(job.files) == {"app.py"}
    assert [case.name for case in job.cases] == [step.name for step in service_of(problem).steps]
    assert [case.arguments[0] for case in job.cases[-2:]] == ["", ""]
    assert [case.arguments[1]["passed"] for case in job.cases[-2:]] == [True, True]


# the check, in a sandbox that only says what each step of these files would come to

Says = Callable[[ServiceJob, Case], bool]


class Told:
    """A stand-in for the sandbox: a function says which steps files pass."""

    def __init__(self, says: Says, starter: RunStatus = RunStatus.RETURNED) -> None:
        self._says = says
        self._starter = starter

    def run(self, job: ServiceJob) -> tuple[Run, ...]:
        return tuple(self._run(job, case) for case in job.cases)

    def judge(self, job: ServiceJob) -> Judgement:
        return judge_runs(job, self.run(job))

    def _run(self, job: ServiceJob, case: Case) -> Run:
        if not case.arguments[0]:
            return Run(RunStatus.RETURNED, case.arguments[1])
        is_starter = "kept = []" in job.files.get("notes.py", "") and "422" not in job.files.get("app.py", "")
        value = {"passed": self._says(job, case), "reason": "So it is."}
        return Run(self._starter if is_starter else RunStatus.RETURNED, value, stdout="the log says why")


class Away(Told):
    """A stand-in whose engine is away."""

    def judge(self, job: ServiceJob) -> Judgement:
        return Judgement(Verdict.JUDGE_ERROR, 0.0, (), message="the engine is away")


def honestly(job: ServiceJob, case: Case) -> bool:
    match case.arguments[1]:
        case "test_kept":
            return "app.py" in job.files
        case "test_empty":
            return "422" in job.files.get("app.py", "")
    return "psycopg" in job.files.get("notes.py", "")


def report(says: Says = honestly, starter: RunStatus = RunStatus.RETURNED) -> CheckReport:
    return check(make_service(), Told(says, starter))  # type: ignore[arg-type]


def bad(done: CheckReport, *rules: str) -> Iterator[str]:
    return (f.message for f in done.findings if not f.ok and f.rule in rules)


def test_the_check_knows_steps_starter_strawmen_and_answers() -> None:
    done = report()
    assert list(bad(done, "starter", "strawmen", "verdicts")) == []
    assert [f.message for f in done.findings if f.rule in ("starter", "strawmen")] == [
        "the starter listens; 1 of 3 steps passes",
        "an empty server, which knows no path fails every step",
        "a server that always answers 200 with {} fails every step",
    ]
    assert list(bad(done, "cases", "hints", "programs")) == [
        "2 hidden cases; at least 8 are wanted: add some",
        "hints.md has 1 hint; at least 2 are wanted: add '## A question?' and help",
        "2 wrong submissions; at least 5 are wanted: which mistakes do people make?",
    ]


def test_a_step_that_a_server_without_sense_passes_is_refused() -> None:
    done = report(lambda job, case: case.arguments[1] == "test_empty" or honestly(job, case))
    assert list(bad(done, "strawmen")) == [
        f"{what} passes ‘A note without a text is refused with 422.’: let these steps show what does work, too"
        for what in ("an empty server, which knows no path", "a server that always answers 200 with {}")
    ]


def test_a_starter_that_is_accepted_is_refused() -> None:
    assert list(bad(report(lambda job, case: True), "starter")) == ["the starter is accepted: take the solution out"]


def test_a_starter_that_does_not_answer_is_refused_with_its_log() -> None:
    (message,) = bad(report(starter=RunStatus.DIED), "starter")
    assert message.startswith("the starter does not answer:")
    assert message.endswith("the log says why")


def test_a_starter_or_a_server_without_sense_that_was_not_judged_is_refused() -> None:
    """Where nothing was judged, nothing was passed: this must not look like a server that fails every step."""
    done = check(make_service(), Away(honestly))  # type: ignore[arg-type]
    assert list(bad(done, "starter", "strawmen")) == [
        "the starter was not judged: the engine is away",
        "an empty server, which knows no path was not judged: the engine is away",
        "a server that always answers 200 with {} was not judged: the engine is away",
    ]


@pytest.mark.parametrize(
    ("fails", "is_right"),
    [
        ("[A note outlives a restart., A note without a text is refused with 422.]", True),
        ("[A note outlives a restart., A note flies away.]", False),
    ],
)
def test_a_race_may_fail_first_in_one_of_several_steps(fails: str, is_right: bool) -> None:
    text = make_service().files[IN_MEMORY].decode().replace("fails: A note outlives a restart.", f"fails: {fails}")
    done = check(make_service(**{IN_MEMORY: text}), Told(honestly, RunStatus.RETURNED))  # type: ignore[arg-type]
    assert list(bad(done, "verdicts")) == []
    assert [message.split(":")[0] for message in bad(done, "programs") if "no hidden case" in message] == (
        [] if is_right else [IN_MEMORY]
    )


def test_an_answer_that_is_judged_otherwise_is_refused() -> None:
    (message,) = bad(
        report(lambda job, case: honestly(job, case) or case.arguments[0] == "02_after_a_restart"), "verdicts"
    )
    assert message.startswith(
        f"{IN_MEMORY}: should be wrong answer, first in ‘A note outlives a restart.’; is accepted"
    )
