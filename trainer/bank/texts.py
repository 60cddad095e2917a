"""Reads the parts of a package that are text and code: hints, submissions, starters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from sandbox.model import Verdict
from trainer.bank.asked import check_question
from trainer.bank.check_yourself import LANGUAGE as CHECK_YOURSELF
from trainer.bank.check_yourself import read_block
from trainer.bank.flaws import Flaws, did_you_mean
from trainer.bank.markdown import fenced
from trainer.bank.problem import Hint, Submission
from trainer.bank.readable import check_markdown

FOLDERS = {re.sub(r"\W", "_", verdict.value): verdict for verdict in Verdict if verdict is not Verdict.JUDGE_ERROR}
"""Folders below submissions/ and the verdict that their programs must get."""

_PAGES = ("problem.md", "hints.md", "solution.md")
_MATTER = re.compile(r"---\s*\n.*?\n---[ ]*\n", re.DOTALL)
_HEADER = re.compile(r"^(?:#|//|--)\s*(mistake|fails):\s*(.*?)\s*$")


def read_hints(text: str, flaws: Flaws) -> tuple[Hint, ...]:
    """The sections of hints.md: a question as heading of level two, then help."""
    before, *sections = _sections(text)
    if before[1].strip():
        flaws.add("hints.md", "line 1", "a text stands before the first hint", "begin each hint with '## A question?'")
    for title, body in sections:
        if not body.strip():
            flaws.add("hints.md", title, "says nothing", "write the hint below its heading")
    return tuple(Hint(title, body.strip() + "\n") for title, body in sections)


def _sections(text: str) -> Iterator[tuple[str, str]]:
    """("", text before) and then (heading, text below) of each heading of level two outside code blocks."""
    title, lines, fence = "", list[str](), ""
    for line in text.splitlines():
        mark = re.match(r"\s*(```+|~~~+)", line)
        if mark and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else mark[1]
        if not fence and line.startswith("## "):
            yield title, "\n".join(lines)
            title, lines = line[3:].strip(), []
        else:
            lines.append(line)
    yield title, "\n".join(lines)


def check_texts(texts: Mapping[str, str], flaws: Flaws) -> None:
    """A page shows every markdown text as it is written, and the questions inside can be read."""
    for file, text in texts.items():
        if file in _PAGES:
            matter = _MATTER.match(text)
            body = text[matter.end() :] if matter else text
            first_line = text.count("\n", 0, matter.end()) + 1 if matter else 1
            check_markdown(body, file, flaws, first_line=first_line)
            _check_blocks(file, body, flaws)


def _check_blocks(file: str, text: str, flaws: Flaws) -> None:
    blocks = fenced(text, CHECK_YOURSELF) if CHECK_YOURSELF in text else ()
    for number, block in enumerate(blocks, 1):
        place = f"{CHECK_YOURSELF} {number}"
        question = read_block(block, file, place, flaws)
        if question:
            check_question(question, flaws.at(file, place))


def read_submissions(texts: Mapping[str, str], languages: Mapping[str, str], flaws: Flaws) -> tuple[Submission, ...]:
    """Programs below submissions/, by folder and name; at least one must be accepted.

    `languages` are by the end of a file's name.
    """
    paths = sorted(path for path in texts if path.startswith("submissions/"))
    found = [_submission(path, texts[path], languages, flaws) for path in paths]
    submissions = tuple(s for s in found if s)
    if not any(s.verdict is Verdict.ACCEPTED for s in submissions):
        flaws.add("submissions/accepted/", "", "holds no program", "add a solution: it answers generated cases")
    return submissions


def _submission(path: str, source: str, languages: Mapping[str, str], flaws: Flaws) -> Submission | None:
    folder, file = PurePosixPath(path).parts[1], PurePosixPath(path)
    verdict, language = FOLDERS.get(folder), languages.get(file.suffix)
    if verdict is None:
        flaws.add(path, "", f"there is no verdict {folder!r}", did_you_mean(folder, FOLDERS))
        return None
    if language is None:
        flaws.add(path, "", f"no language is known for {file.suffix!r}", f"known: {', '.join(languages)}")
        return None
    said = _header(source)
    for key in ("mistake", "fails"):
        if (verdict is Verdict.ACCEPTED) == (key in said):
            _wrong_header(path, key, verdict, flaws)
    fails = (said["fails"],) if said.get("fails") else ()
    return Submission(path, file.stem, language, verdict, source, said.get("mistake", ""), fails)


def _header(source: str) -> dict[str, str]:
    """What the comment lines at the top say: mistake and fails."""
    found = {}
    for line in source.splitlines():
        match = _HEADER.match(line)
        if not match:
            break
        if match[2]:
            found[match[1]] = match[2]
    return found


def _wrong_header(path: str, key: str, verdict: Verdict, flaws: Flaws) -> None:
    if verdict is Verdict.ACCEPTED:
        flaws.add(path, key, "stands in an accepted program", "remove the line, or move the file")
    else:
        flaws.add(path, key, "is missing", "begin with comments, 'mistake: A sentence.' and 'fails: a case'")


def read_starters(texts: Mapping[str, str], languages: Mapping[str, str], flaws: Flaws) -> dict[str, str]:
    """Starters that are written by hand, by language."""
    found = {}
    for path, text in sorted(texts.items()):
        if path.startswith("starter/"):
            file = PurePosixPath(path)
            if languages.get(file.suffix) != file.stem:
                known = [f"starter/{name}{end}" for end, name in languages.items()]
                flaws.add(path, "", "is no starter", did_you_mean(path, known))
            found[file.stem] = text
    return found
