"""The `trainer` command: what it prints, and its exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from tests.factories import claimed, make_package, make_user
from trainer.bank.template import TEMPLATES
from trainer.cli import cli, commands_of
from trainer.clock import now
from trainer.commands.application import application
from trainer.config import read_config
from trainer.db import db
from trainer.models import Role, Submission, Work, WorkKind
from trainer.services import claims, judging, rejudging, submissions, workers
from trainer.services.author import Author
from trainer.services.sorts import SORTS
from trainer.services.work import WITH_REJUDGING

BANK = Path(__file__).parents[2] / "problems"
HEAVY = {"alembic", "argon2", "docker", "flask", "pydantic", "requests", "rich", "sqlalchemy", "sqlglot", "structlog"}
"""Modules of which each costs more than all that a line of help needs."""
SERVER = {"alembic", "argon2", "flask", "gunicorn", "sqlalchemy", "trainer.app", "trainer.db", "trainer.services"}
"""Modules that only a server needs, and commands that use the database."""
RIGHT = "def double(number):\n    return 2 * number\n"


def every_command() -> list[tuple[str, ...]]:
    return [(), *commands_of(cli)]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path, content in make_package().files.items():
        target = tmp_path / "problems" / "double" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    (tmp_path / "problems" / "topics.yaml").write_text("- {id: arrays, title: Arrays, group: Data structures}\n")
    monkeypatch.setenv("TRAINER_PROBLEMS", str(tmp_path / "problems"))
    monkeypatch.setenv("TRAINER_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


def trainer(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def write(folder: Path, source: str | bytes, name: str = "answer.py") -> Path:
    path = folder / name
    path.write_bytes(source if isinstance(source, bytes) else source.encode())
    return path


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
def test_judge_prints_what_it_saw(folder: Path) -> None:
    result = trainer("judge", "double", write(folder, RIGHT), "--json")
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    about = {"problem", "title", "digest", "language"}
    assert set(answer) == about | {"verdict", "score", "runs", "compile_output", "message"}
    assert (answer["verdict"], answer["score"]) == ("accepted", 1.0)
    assert [(run["name"], run["sample"]) for run in answer["runs"]] == [
        ("three", True),
        ("nothing", False),
        ("below zero", False),
        ("large", False),
    ]
    assert set(answer["runs"][0]) == {"name", "sample", "verdict", "time_ms", "memory_mib"}


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
def test_judge_says_why_an_answer_is_wrong(folder: Path) -> None:
    wrong = write(folder, "def double(number):\n    print(number)\n    return number * number\n")
    text = trainer("judge", "double", wrong).stdout
    assert "First failure: three" in text
    assert "expected  6" in text
    assert "got       9" in text
    told = json.loads(trainer("judge", "double", wrong, "--json").stdout)
    run = told["runs"][0]
    assert (told["problem"], told["language"]) == ("double", "python")
    assert (run["input"], run["expected"], run["got"], run["stdout"]) == ("[3]", "6", "9", "3\n")
    broken = write(folder, "def double(number):\n    return 1 / 0\n", "broken.py")
    error = json.loads(trainer("judge", "double", broken, "--json").stdout)["runs"][0]["error"]
    assert (error["type"], error["line"]) == ("ZeroDivisionError", 2)


def test_a_shell_completes_names_of_problems(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (
        ("_TRAINER_COMPLETE", "bash_complete"),
        ("COMP_WORDS", "trainer judge dou"),
        ("COMP_CWORD", "2"),
    ):
        monkeypatch.setenv(name, value)
    found = CliRunner().invoke(cli, prog_name="trainer")
    assert found.output.split() == ["plain,double"]


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
def test_a_query_is_judged_by_its_ending() -> None:
    query = Path(__file__).parents[2] / "problems" / "stopped-ordering" / "submissions" / "accepted" / "left_join.sql"
    result = trainer("judge", "stopped-ordering", query, "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["verdict"] == "accepted"


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
def test_a_wrong_file_is_judged_too(folder: Path) -> None:
    result = trainer("judge", "double", write(folder, "def double(number:\n"))
    assert result.exit_code == 0
    assert result.stdout.startswith("compile error, 0%")


@pytest.mark.parametrize(
    ("slug", "name", "options", "message"),
    [
        ("none", "answer.py", (), "there is no problem 'none'"),
        ("../double", "answer.py", (), "there is no problem"),
        ("double", "answer.cob", (), "is none of: python"),
        ("double", "answer.py", ("--language", "cobol"), "is none of: python"),
        ("double", "missing.py", (), "does not exist"),
        ("double", "binary.py", (), "is not UTF-8"),
    ],
)
def test_wrong_use_is_exit_code_2(folder: Path, slug: str, name: str, options: tuple[str, ...], message: str) -> None:
    write(folder, RIGHT)
    write(folder, RIGHT, "answer.cob")
    write(folder, b"\xff\xfe", "binary.py")
    result = trainer("judge", slug, folder / name, *options)
    assert result.exit_code == 2
    assert message in result.output


def test_without_an_engine_it_is_exit_code_3(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"unix://{folder}/no-engine.sock")
    result = trainer("judge", "double", write(folder, RIGHT))
    assert result.exit_code == 3
    assert "No engine answers" in result.output


def test_accounts_from_the_command_line(folder: Path) -> None:
    added = trainer("user", "add", "Ada@example.org", "--role", "mentor")
    assert "ada@example.org is a mentor" in added.output
    assert "/link/" in added.output
    assert trainer("user", "add", "ada@example.org").exit_code == 1
    assert "/link/" in trainer("user", "reset", "ada@example.org").output
    assert "now a student" in trainer("user", "role", "ada@example.org", "student").output
    assert trainer("user", "list").output == "ada@example.org\tstudent\tAda\twaiting\tnever\n"
    missing = trainer("user", "reset", "nobody@example.org")
    assert (missing.exit_code, "There is no account" in missing.output) == (1, True)


@pytest.mark.parametrize(("role", "words"), [("student", "a student"), ("mentor", "a mentor"), ("admin", "an admin")])
def test_a_role_has_its_article(folder: Path, role: str, words: str) -> None:
    assert f"ada@example.org is {words}. Link" in trainer("user", "add", "ada@example.org", "--role", role).output
    assert f"ada@example.org is now {words}." in trainer("user", "role", "ada@example.org", role).output


def test_a_class_from_a_file(folder: Path, tmp_path: Path) -> None:
    trainer("user", "add", "bo@example.org")
    (tmp_path / "class.csv").write_text("Name;Email;Extra time\nAda Quist;Ada@example.org;1,5\nBo;bo@example.org;\n")
    added = trainer("user", "add", "--file", str(tmp_path / "class.csv"))
    assert added.stdout.startswith("email,name,link\nada@example.org,Ada Quist,http://")
    assert added.stdout.count("\n") == 2
    assert "bo@example.org has an account already" in added.stderr
    found = {row["email"]: row for row in json.loads(trainer("user", "list", "--json").stdout)}
    assert (found["ada@example.org"]["time_factor"], found["ada@example.org"]["last_seen"]) == (1.5, None)


@pytest.mark.parametrize("text", ["", "ada@example.org, Ada\nnobody, Nobody\n"])
def test_a_list_with_a_flaw_makes_no_account(folder: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "class.csv").write_text(text)
    refused = trainer("user", "add", "--file", str(tmp_path / "class.csv"))
    assert refused.exit_code == 1
    assert ("Line 2: An address looks like" if text else "The list is empty") in refused.output
    assert trainer("user", "list").output == ""


def test_an_address_or_a_file_not_both(folder: Path) -> None:
    assert trainer("user", "add").exit_code == 2
    assert trainer("user", "add", "ada@example.org", "--file", "-").exit_code == 2


def test_disabled_from_the_command_line(folder: Path) -> None:
    trainer("user", "add", "ada@example.org")
    assert "is disabled" in trainer("user", "disable", "ada@example.org").output
    assert "disabled" in trainer("user", "list").output
    assert "Enable it first" in trainer("user", "reset", "ada@example.org").output
    assert "is enabled" in trainer("user", "enable", "ada@example.org").output
    assert "/link/" in trainer("user", "reset", "ada@example.org").output


def test_keys_for_the_api(folder: Path) -> None:
    trainer("user", "add", "ada@example.org", "--role", "mentor")
    trainer("user", "add", "bo@example.org")
    made = trainer("user", "key", "ada@example.org", "--name", "CI", "--scope", "mentor", "--days", "90")
    assert made.output.startswith("trainer_")
    assert len(made.output.split()) == 1
    number, scope, used, ends, name = trainer("user", "keys", "ada@example.org").output.strip().split("\t")
    assert (scope, used, name) == ("mentor", "never", "CI")
    assert ends > f"{now():%Y-%m-%d}"
    assert trainer("user", "key", "bo@example.org", "--name", "x", "--scope", "mentor").exit_code == 1
    assert trainer("user", "key", "ada@example.org", "--name", "x", "--days", "0").exit_code == 1
    assert trainer("user", "drop-key", "bo@example.org", number).exit_code == 1
    assert trainer("user", "drop-key", "ada@example.org", number).exit_code == 0
    assert trainer("user", "keys", "ada@example.org").output == ""


def test_more_time_in_interviews_from_the_command_line(folder: Path) -> None:
    trainer("user", "add", "ada@example.org")
    given = trainer("user", "time", "ada@example.org", "1.5")
    assert "1.5 times the usual time" in given.output
    refused = trainer("user", "time", "ada@example.org", "3")
    assert refused.exit_code != 0
    assert "one of 1, 1.25, 1.5, 2" in refused.output
    assert "no account" in trainer("user", "time", "bo@example.org", "2").output


def test_a_new_package_has_the_kind_that_was_asked_for(folder: Path) -> None:
    assert trainer("bank", "new", "my-query", "--kind", "sql").exit_code == 0
    assert "kind: sql" in (folder / "problems" / "my-query" / "problem.md").read_text()
    assert trainer("bank", "new", "other", "--kind", "haiku").exit_code == 2


def test_nobody_writes_into_the_installed_program(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRAINER_PROBLEMS", str(folder / "problems"))
    monkeypatch.setattr("trainer.commands.bank.installed_bank", lambda: folder / "problems")
    refused = trainer("bank", "new", "my-problem")
    assert refused.exit_code == 2
    assert "set TRAINER_PROBLEMS to a folder of yours" in refused.output
    assert not (folder / "problems" / "my-problem").exists()


@pytest.mark.parametrize("kind", TEMPLATES)
def test_a_new_package_fits_the_topics_of_its_bank(folder: Path, kind: str) -> None:
    (folder / "problems" / "topics.yaml").write_text("- {id: caching, title: Caching, group: Backend}\n")
    assert trainer("bank", "new", "my-problem", "--kind", kind).exit_code == 0
    assert "topics: [caching]" in (folder / "problems" / "my-problem" / "problem.md").read_text()


def test_an_empty_folder_becomes_a_bank(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "mine").mkdir()
    monkeypatch.setenv("TRAINER_PROBLEMS", str(folder / "mine"))
    assert trainer("bank", "new", "my-quiz", "--kind", "quiz").exit_code == 0
    assert (folder / "mine" / "topics.yaml").read_bytes() == (BANK / "topics.yaml").read_bytes()
    checked = trainer("bank", "check", "my-quiz")
    assert checked.exit_code == 0, checked.output


def test_a_name_that_will_not_do_is_wrong_use(folder: Path) -> None:
    for slug in ("../mine", "My Problem", ""):
        refused = trainer("bank", "new", slug)
        assert (refused.exit_code, "is no name for a package" in refused.output) == (2, True)


def test_errors_are_json_where_json_was_asked_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"unix://{folder}/no-engine.sock")
    answer = write(folder, RIGHT)
    for code, message, words in (
        (2, "there is no problem 'none'", ("judge", "none", answer)),
        (2, "No such option", ("judge", "double", answer, "--loud")),
        (2, "no such package: none", ("bank", "check", "none")),
        (3, "No engine answers", ("judge", "double", answer)),
    ):
        ended = trainer(*words, "--json")
        told = json.loads(ended.stdout)["error"]
        assert (ended.exit_code, told["exit_code"], ended.stderr) == (code, code, "")
        assert message in told["message"]
    monkeypatch.setenv("PORT", "abc")
    told = json.loads(trainer("user", "list", "--json").stdout)["error"]
    assert (told["exit_code"], "PORT" in told["message"]) == (2, True)


@pytest.mark.parametrize("words", every_command(), ids=" ".join)
def test_every_command_helps(words: tuple[str, ...]) -> None:
    short, long = trainer(*words, "-h"), trainer(*words, "--help")
    assert (short.exit_code, short.output) == (0, long.output)
    assert long.output.startswith(f"Usage: {' '.join(('cli', *words))}")


TOLD = [("--version",), ("--help",), ("-h",), ("bank", "--help"), ("user", "--help")]


@pytest.mark.parametrize("words", TOLD, ids=" ".join)
def test_what_only_tells_imports_nothing_heavy(words: tuple[str, ...]) -> None:
    told, imported = run_apart(*words)
    assert told
    assert {name for name in imported if name.partition(".")[0] in ("trainer", "sandbox")} == {"trainer", "trainer.cli"}
    assert imported.isdisjoint(HEAVY)


@pytest.mark.parametrize("words", [("judge", "--help"), ("bank", "check", "--help"), ("bank", "new", "a-new-one")])
def test_what_needs_no_database_does_not_import_the_server(folder: Path, words: tuple[str, ...]) -> None:
    told, imported = run_apart(*words)
    assert told
    assert imported.isdisjoint(SERVER)


def test_a_file_is_read_for_its_judging_without_the_server(folder: Path) -> None:
    told, imported = run_apart("judge", "double", write(folder, RIGHT), "--language", "cobol", "--json")
    assert "'cobol' is none of: python" in told
    assert imported.isdisjoint(SERVER)
    assert imported.isdisjoint({"docker", "requests", "rich", "smtplib", "sqlglot", "structlog"})


def run_apart(*words: object) -> tuple[str, set[str]]:
    """What a command of a fresh process prints, and the modules that it has imported at its end."""
    asked = "import atexit, sys; from trainer.cli import cli; atexit.register(lambda: print('imported', *sys.modules))"
    command = [sys.executable, "-c", f"{asked}; cli()", *map(str, words)]
    told, _, modules = subprocess.run(command, capture_output=True, text=True).stdout.rpartition("imported ")
    return told, set(modules.split())


def test_the_list_of_commands_says_what_each_does() -> None:
    lines = trainer("--help").output.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in lines] == sorted({words[0] for words in commands_of(cli)})
    assert all(line.endswith(".") and not line.endswith("...") for line in lines)


@pytest.mark.parametrize(("typed", "offered"), [("b", ["backup", "bank", "bench"]), ("--v", ["--version"])])
def test_a_shell_completes_commands_and_options(typed: str, offered: list[str]) -> None:
    assert [item.value for item in cli.shell_complete(click.Context(cli), typed)] == offered


def test_bank_sync_stores_versions_once(folder: Path) -> None:
    first = trainer("bank", "sync")
    assert first.exit_code == 0, first.output
    assert "double: new" in first.output
    assert "double" not in trainer("bank", "sync").output
    (folder / "problems" / "double" / "solution.md").write_text("## Approach 1: add\n\nO(1).\n")
    assert "double: version 2" in trainer("bank", "sync").output


def test_a_broken_package_is_named_and_the_others_are_stored(folder: Path) -> None:
    broken = folder / "problems" / "broken"
    broken.mkdir()
    (broken / "problem.md").write_text("---\ntitel: Broken\n---\n")
    result = trainer("bank", "sync")
    assert result.exit_code == 1
    assert "problems/broken/problem.md" in result.output
    assert "double: new" in result.output


def test_bank_new_writes_a_package_that_can_be_read(folder: Path) -> None:
    assert trainer("bank", "new", "my-problem").exit_code == 0
    assert trainer("bank", "new", "my-problem").exit_code == 2
    assert "my-problem: new" in trainer("bank", "sync").output


def test_bank_check_knows_its_slugs(folder: Path) -> None:
    result = trainer("bank", "check", "none")
    assert result.exit_code == 2
    assert "Known: double" in result.output


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
def test_bank_check_keeps_what_it_proved(folder: Path) -> None:
    bank = folder / "problems"
    lock = bank / "proofs.lock"
    trainer("bank", "new", "my-problem", "--kind", "class")
    (bank / "topics.yaml").write_bytes((BANK / "topics.yaml").read_bytes())
    assert "my-problem: passed" in trainer("bank", "check", "my-problem").output
    assert not lock.exists()
    lock.write_text("{}")
    assert "my-problem: passed" in trainer("bank", "check", "my-problem", "--changed").output
    assert '"my-problem"' in lock.read_text()
    assert trainer("bank", "check", "my-problem", "--changed").output == ""
    next((bank / "my-problem" / "submissions" / "wrong_answer").iterdir()).write_text("def nothing():\n    pass\n")
    failed = trainer("bank", "check", "my-problem", "--changed")
    assert (failed.exit_code, "my-problem: FAILED" in failed.output) == (1, True)
    assert "my-problem" not in lock.read_text()


LOST = {"data": "it ended", "service": "no image"}


def test_workers_are_listed_with_their_state(folder: Path) -> None:
    nobody = trainer("workers")
    assert (nobody.exit_code, nobody.output) == (1, "No worker is there.\n")
    assert json.loads(trainer("workers", "--json").output) == []
    about = workers.About("judge-7", "1.0", judges=2, max_boxes=16, max_memory_mib=6400)
    for engine, code, words in (
        (workers.EngineState(True, "", "", ("data", "python", "service")), 0, "judges"),
        (workers.EngineState(True, "", "", ("python",), LOST), 0, "judges: no data, it ended; no service, no image"),
        (workers.EngineState(True, "The broker is away", "", SORTS), 0, "judges: The broker is away"),
        (workers.EngineState(False, "it is away", "", ()), 1, "no boxes: it is away"),
    ):
        with application(read_config()), db.writing() as session:
            workers.beat(session, "7", about, engine, 3)
        listed, told = trainer("workers"), trainer("workers", "--json")
        assert (listed.exit_code, told.exit_code) == (code, code)
        assert listed.output.startswith(f"judge-7\t{words}\t")
        [facts] = json.loads(told.output)
        assert (facts["name"], facts["judges"], facts["warm"]) == ("judge-7", 2, 3)
        assert facts["state"] == words.partition(":")[0]
        assert (facts["sorts"], facts["troubles"]) == (list(engine.sorts), dict(engine.troubles))
    with application(read_config()), db.writing() as session:
        workers.stop(session, "7")
    assert "\tstopped\t" in trainer("workers").output


def test_rejudging_from_the_command_line_shows_first_and_changes_then(folder: Path) -> None:
    assert trainer("bank", "sync").exit_code == 0
    by = ("--by", "mentor@example.org")
    with application(read_config()), db.writing() as session:
        make_user(session, by[1], Role.MENTOR)
        author = Author(user_id=make_user(session).id)
        sent = submissions.submit(session, author, "double", language="python", source="x")
        judging.record(session, claimed(session, sent), verdict="accepted", score=1.0, record={"cases": []})
    nothing = trainer("rejudge", "double")
    assert (nothing.exit_code, nothing.output) == (
        0, "double: 0 submissions were judged by another version than 1, the current one.\n",
    )  # fmt: skip
    assert "nothing to rejudge" in trainer("rejudge", "double", "--dry-run", *by).output
    (folder / "problems" / "double" / "solution.md").write_text("## Approach 1: add\n\nO(1).\n")
    assert trainer("bank", "sync").exit_code == 0
    assert "double: 1 submission was judged by another version than 2" in trainer("rejudge", "double").output
    assert trainer("rejudge", "double", "--dry-run").exit_code == 2
    assert "Mentors and admins" in trainer("rejudge", "double", "--dry-run", "--by", "mira@example.org").output
    asked = trainer("rejudge", "double", "--dry-run", *by)
    assert (asked.exit_code, asked.output) == (0, "0 of 1 rejudged; 0 verdicts would change.\n")
    assert "Not all of it is judged yet" in trainer("rejudge", "double", "--apply", *by).output
    with application(read_config()), db.writing() as session:
        session.execute(sa.delete(Work).where(Work.kind == WorkKind.DATA))  # hidden data would be made first
        held = claims.claim_next(session, "a worker", WITH_REJUDGING, 30.0)
        assert held is not None
        rejudging.record(session, held, verdict="wrong answer", score=0.5, record={"cases": []})
        rejudging.queue_more(session)
    shown = trainer("rejudge", "double").output.splitlines()
    assert shown == [
        "1 of 1 rejudged; 1 verdict would change.",
        f"{sent.id}\tmira@example.org\taccepted -> wrong answer\tversion 1 -> 2",
        "Change them: --apply. Forget it: --drop.",
    ]
    applied = trainer("rejudge", "double", "--apply", *by)
    assert (applied.exit_code, applied.output) == (0, "1 verdict changed. What they were before is kept.\n")
    with application(read_config()), db.reading() as session:
        assert session.get_one(Submission, sent.id).verdict == "wrong answer"


@pytest.mark.parametrize("options", [("--dry-run", "--apply"), ("--apply",), ("--drop",)])
def test_a_rejudging_wants_one_deed_and_who_asks(folder: Path, options: tuple[str, ...]) -> None:
    assert trainer("rejudge", "double", *options).exit_code == 2
