"""Answers as `trainer judge` takes them."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Mapping
from pathlib import Path

import click
import pytest

from sandbox.languages import languages
from tests.examples import make_debug, make_service
from tests.factories import make_package
from trainer.bank.package import read_package
from trainer.bank.problem import Problem
from trainer.commands.answers import STDIN, read_answer


def read(files: Mapping[str, bytes], slug: str) -> tuple[Problem, Mapping[str, bytes]]:
    return read_package(files, slug), files


@pytest.fixture
def function() -> tuple[Problem, Mapping[str, bytes]]:
    return read(make_package().files, "double")


@pytest.fixture
def service() -> tuple[Problem, Mapping[str, bytes]]:
    return read(make_service().files, make_service().slug)


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_diff_changes_what_students_begin_with(function: tuple[Problem, Mapping[str, bytes]], tmp_path: Path) -> None:
    starter = function[0].starters["python"]
    body = starter.rstrip("\n").split("\n")[-1]
    last = len(starter.splitlines())
    diff = f"--- a/x.py\n+++ b/x.py\n@@ -{last},1 +{last},1 @@\n-{body}\n+    return 2\n"
    source, language = read_answer(*function, write(tmp_path, "mine.diff", diff), None)
    assert language == "python"
    assert source == starter.replace(body, "    return 2")


def test_a_diff_that_does_not_fit_is_refused(function: tuple[Problem, Mapping[str, bytes]], tmp_path: Path) -> None:
    diff = "--- a/x.py\n+++ b/x.py\n@@ -1,1 +1,1 @@\n-no such line\n+other\n"
    with pytest.raises(click.BadParameter, match="does not fit what students begin with"):
        read_answer(*function, write(tmp_path, "mine.patch", diff), None)


def test_a_diff_of_a_service_changes_adds_and_removes_files(
    service: tuple[Problem, Mapping[str, bytes]], tmp_path: Path
) -> None:
    before = json.loads(next(iter(service[0].starters.values())))
    name, text = next(iter(before.items()))
    first = text.split("\n")[0]
    change = f"--- a/{name}\n+++ b/{name}\n@@ -1 +1,2 @@\n {first}\n+# more\n"
    new = "--- /dev/null\n+++ b/more.py\n@@ -0,0 +1 @@\n+x = 1\n"
    diff = f"diff --git a/{name} b/{name}\nindex 1..2 100644\n{change}"
    diff += f"diff --git a/more.py b/more.py\nnew file mode 100644\nindex 0..1\n{new}"
    source, _ = read_answer(*service, write(tmp_path, "mine.diff", diff), None)
    after = json.loads(source)
    assert after["more.py"] == "x = 1\n"
    assert after[name].split("\n")[:2] == [first, "# more"]
    assert set(before) <= set(after)
    with pytest.raises(click.BadParameter, match="as `git diff` prints it"):
        read_answer(*service, write(tmp_path, "two.diff", change + new), None)


def test_a_folder_is_taken_without_what_is_left_behind(
    service: tuple[Problem, Mapping[str, bytes]], tmp_path: Path
) -> None:
    for name in ("app.py", "lib/a.py", ".DS_Store", "__pycache__/app.pyc", ".git/config"):
        write(tmp_path, f"mine/{name}", b"\xff" if name.startswith((".", "__")) else "x = 1\n")
    source, _ = read_answer(*service, tmp_path / "mine", None)
    assert set(json.loads(source)) == {"app.py", "lib/a.py"}
    write(tmp_path, "mine/picture.png", b"\x89PNG\xff")
    with pytest.raises(click.BadParameter, match=r"picture\.png is not UTF-8"):
        read_answer(*service, tmp_path / "mine", None)


def test_an_answer_of_the_bank_is_read_as_the_bank_reads_it(tmp_path: Path) -> None:
    package = make_debug()
    problem = read_package(package.files, package.slug)
    told = [one for one in problem.submissions if one.path.endswith(".yaml")]
    assert told
    for one in told:
        file = write(tmp_path, Path(one.path).name, package.files[one.path])
        assert read_answer(problem, package.files, file, None) == (one.source, one.language)


def test_standard_input_has_the_first_language(
    function: tuple[Problem, Mapping[str, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"def double(number): ...")))
    assert read_answer(*function, STDIN, None) == ("def double(number): ...", "python")


def test_a_diff_may_come_by_standard_input(
    function: tuple[Problem, Mapping[str, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = function[0].starters["python"].split("\n")[0]
    diff = f"diff --git a/x.py b/x.py\nindex 1..2 100644\n--- a/x.py\n+++ b/x.py\n@@ -1 +1,2 @@\n {first}\n+# mine\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(diff.encode())))
    assert read_answer(*function, STDIN, None)[0].split("\n")[:2] == [first, "# mine"]


@pytest.mark.parametrize("name", languages())
def test_a_file_says_its_language_by_its_ending(
    name: str, function: tuple[Problem, Mapping[str, bytes]], tmp_path: Path
) -> None:
    file = write(tmp_path, languages()[name].source_file, "as it is")
    assert read_answer(*function, file, None) == ("as it is", name)
    assert read_answer(*function, write(tmp_path, "diff.txt", "as it is"), name) == ("as it is", name)
    with pytest.raises(click.BadParameter, match=f"none of: {', '.join(languages())}"):
        read_answer(*function, write(tmp_path, "solution.cob", "x"), None)
