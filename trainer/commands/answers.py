"""Answers as `trainer judge` takes them: a file, a folder, standard input, a diff, or the bank's own form."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

import click
import whatthepatch
from whatthepatch.exceptions import WhatThePatchException

from trainer.bank.files import is_left_behind
from trainer.bank.formats import FORMATS
from trainer.bank.package import read_package
from trainer.bank.problem import Problem
from trainer.bank.sources import pack, unpack
from trainer.commands.common import errors_as_lines

STDIN = Path("-")
DIFFS = (".diff", ".patch")
BANK = (".yaml", ".yml")
_MISTAKE = "mistake:"
_HEAD = re.compile(r"^--- .*\n\+\+\+ ", re.M)


def read_answer(problem: Problem, package: Mapping[str, bytes], file: Path, wanted: str | None) -> tuple[str, str]:
    """The source of an answer and its language. `package` are the files of the problem. Raises click.BadParameter."""
    if file.suffix in DIFFS:
        language = _language(problem, wanted, "")
        return _patched(problem, _text(file), language), language
    if file.suffix in BANK:
        return _of_bank(package, problem.slug, file), _language(problem, wanted, ".json")
    if file == STDIN:
        text, language = _text(file), _language(problem, wanted, "")
        is_diff = _HEAD.search(text) and text.startswith(("diff ", "--- "))
        return _patched(problem, text, language) if is_diff else text, language
    if file.is_dir():
        return _folder(file), _language(problem, wanted, ".json")
    return _text(file), _language(problem, wanted, file.suffix)


def _text(file: Path) -> str:
    data = sys.stdin.buffer.read() if file == STDIN else file.read_bytes()
    return _decoded(data, "standard input" if file == STDIN else str(file))


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise click.BadParameter(f"{name} is not UTF-8 (byte {error.start})", param_hint="FILE") from error


def _folder(folder: Path) -> str:
    """All files of a folder as one answer, without what Python and desktops leave behind."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    named = {path.relative_to(folder).as_posix(): path for path in paths}
    return pack(
        {name: _decoded(path.read_bytes(), str(path)) for name, path in named.items() if not is_left_behind(name)}
    )


def _patched(problem: Problem, text: str, language: str) -> str:
    """What a student begins with, changed as a unified diff says, such as `git diff` prints one."""
    files = unpack(problem.starters[language]) if problem.service else {"": problem.starters[language]}
    try:
        diffs = list(whatthepatch.parse_patch(text))
        if len(diffs) != len(_HEAD.findall(text)):  # without git's lines the parser leaves out all files but the first
            raise click.BadParameter("write the diff as `git diff` prints it", param_hint="FILE")
        for diff in diffs:
            _apply(files, diff)
    except WhatThePatchException as error:
        raise click.BadParameter(
            f"the diff does not fit what students begin with: {error}", param_hint="FILE"
        ) from error
    return pack(files) if problem.service else files[""]


def _apply(files: dict[str, str], diff: whatthepatch.patch.diffobj) -> None:
    old, new = _path(diff.header.old_path), _path(diff.header.new_path)
    if "" in files:
        old = new = ""
    before = files.pop(old, "") if old is not None else ""
    after = whatthepatch.apply_diff(diff, before) if diff.changes else before.splitlines()
    if new is not None:
        files[new] = "\n".join(after) + "\n"


def _path(name: str) -> str | None:
    """The file that a line of a diff's head names, None where there is none on that side."""
    return None if name == "/dev/null" else name.removeprefix("a/").removeprefix("b/")


def _of_bank(package: Mapping[str, bytes], slug: str, file: Path) -> str:
    """An answer as the bank writes it: changes to the starter, or the answers of a quiz."""
    data = file.read_bytes()
    tells = any(line.startswith(_MISTAKE) for line in data.decode(errors="replace").split("\n"))
    path = f"submissions/{'wrong_answer' if tells else 'accepted'}/{file.stem}.yaml"
    with errors_as_lines():
        problem = read_package({**package, path: data}, slug)
    found = next((one for one in problem.submissions if one.path == path), None)
    if found is None:
        raise click.BadParameter(f"{file} is no answer to a problem of the kind {problem.kind}", param_hint="FILE")
    return found.source


def _language(problem: Problem, wanted: str | None, ending: str) -> str:
    """By its name, by the file's ending, or the first one where neither is there to tell."""
    by_ending = FORMATS[problem.kind].LANGUAGES.get(ending, "") if ending else problem.languages[0]
    language = wanted or by_ending
    if language not in problem.languages:
        known = ", ".join(problem.languages)
        raise click.BadParameter(f"{language or ending!r} is none of: {known}", param_hint="--language")
    return language
