"""YAML as the bank reads it: safe types, and every value is what its text says, so that a mistake is no surprise."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from typing import Any

import yaml
from yaml import CSafeLoader

from trainer.bank.flaws import Flaws
from trainer.bank.plain_scalars import QUOTES, misread

DEEPEST = 24
_COMMENT = re.compile(r"[ \t]+#")
_BREAKS = re.compile("[\r\x85\u2028\u2029]")
_TEXT, _MERGE = "tag:yaml.org,2002:str", "tag:yaml.org,2002:merge"
_BEGINS = "a text that begins with"


class _Refused(Exception):
    """Valid YAML that is not read here. `line` counts from 0."""

    def __init__(self, problem: str, line: int, fix: str) -> None:
        super().__init__(problem)
        self.problem, self.line, self.fix = problem, line, fix


class _Loader(CSafeLoader):
    """The safe loader, which refuses a key that stands twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            if key_node.tag == _MERGE:
                continue
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, Hashable):
                raise _Refused("a key must be plain", key_node.start_mark.line, "use a text as key")
            if key in seen:
                raise _Refused(f"key {key!r} stands twice", key_node.start_mark.line, "keep one of them")
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


def read_list(text: str, file: str, flaws: Flaws, problem: str, fix: str) -> list[Any]:
    """The items of a list that must not be empty; a flaw with these words where there is none."""
    before = len(flaws.found)
    value = read_yaml(text, file, flaws)
    if isinstance(value, list) and value:
        return value
    if value is not None or len(flaws.found) == before:
        flaws.add(file, "", problem, fix)
    return []


def read_yaml(text: str, file: str, flaws: Flaws) -> Any:
    """The value of a YAML text, or None with a flaw.

    A plain word that YAML takes for another value than its letters say is a flaw, too; the value is given all the
    same, so that the other flaws of the file can be found.
    """
    before = len(flaws.found)
    try:
        if not flaws.published:
            _refuse_breaks(text)
        _bound(text)
        for number, problem, fix in () if flaws.published else _doubts(text):
            flaws.doubt(file, f"line {number + 1}", problem, fix)
        return yaml.load(text, Loader=_Loader)
    except _Refused as error:
        flaws.add(file, f"line {error.line + 1}", error.problem, error.fix)
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}" if error.problem_mark else ""
        flaws.add(file, line, *_explained(error, text))
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        if len(flaws.found) == before:  # a number or a date that is none was told already, with its line
            flaws.add(file, "", f"is no YAML: {str(error).splitlines()[0]}", "fix it")
    return None


def _explained(error: yaml.MarkedYAMLError, text: str) -> tuple[str, str]:
    """What is wrong, and the fix."""
    mark, lines = error.problem_mark, text.split("\n")
    if mark and mark.line < len(lines) and lines[mark.line][mark.column : mark.column + 1] == "\t":
        return "a tab stands where YAML wants spaces", "indent with spaces"
    if "2002:value" in (error.problem or ""):
        return "'=' alone is no text in YAML", QUOTES
    return error.problem or "is no YAML", "a text that holds ':', '#' or quotes stands in quotes"


def _refuse_breaks(text: str) -> None:
    """Signs that end a line for YAML and for nobody else."""
    if found := _BREAKS.search(text):
        line = text.count("\n", 0, found.start())
        raise _Refused(
            "holds an unusual line break", line, r"end lines with a line feed; in double quotes write \u2028"
        )


def _bound(text: str) -> None:
    """Raise for aliases, which can make a small text huge, and for nesting that readers would choke on."""
    depth = 0
    for event in yaml.parse(text, Loader=CSafeLoader):
        line = event.start_mark.line if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent):
            raise _Refused("aliases are not read", line, f"write the value out; {_BEGINS} '*' stands in quotes")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise _Refused(f"nests deeper than {DEEPEST}", line, "flatten it")


def _doubts(text: str) -> Iterator[tuple[int, str, str]]:
    """Line, problem and fix of all that can be read, but not as it looks."""
    for event in yaml.parse(text, Loader=CSafeLoader):
        line = event.start_mark.line if event.start_mark else 0
        if isinstance(event, yaml.NodeEvent) and event.anchor:
            yield line, f"the anchor &{event.anchor} is not read", f"{_BEGINS} '&' stands in quotes"
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag:
            yield line, "a tag is not read", f"{_BEGINS} '!' stands in quotes"
    yield from _misread(yaml.compose(text, Loader=CSafeLoader), text.split("\n"))


def _misread(node: yaml.Node | None, lines: list[str], is_key: bool = False) -> Iterator[tuple[int, str, str]]:
    if isinstance(node, yaml.ScalarNode):
        yield from _misread_scalar(node, lines, is_key)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _misread(item, lines)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _misread(key, lines, is_key=True)
            yield from _misread(value, lines)


def _misread_scalar(node: yaml.ScalarNode, lines: list[str], is_key: bool) -> Iterator[tuple[int, str, str]]:
    if node.style:
        return
    if node.tag == _MERGE:
        yield node.start_mark.line, "'<<' merges mappings", f"write the keys out, or {QUOTES}"
    elif not is_key and (comment := _comment_behind(node, lines)):
        said = f"{comment[:40]!r} behind a text is a comment and is not read"
        yield node.end_mark.line, said, "put the whole text in quotes, or the comment on a line of its own"
    elif found := misread(node.value, node.tag, is_key):
        yield node.start_mark.line, *found
    elif is_key and node.tag != _TEXT:
        yield node.start_mark.line, f"the key {node.value} is no text", QUOTES


def _comment_behind(node: yaml.ScalarNode, lines: list[str]) -> str:
    """A comment on the line where a plain text ends, or where one is missing."""
    mark = node.end_mark if node.value else node.start_mark
    follows = lines[mark.line][mark.column :] if mark.line < len(lines) else ""
    is_comment = _COMMENT.match(follows) if node.value else follows.lstrip().startswith("#")
    return follows.strip() if is_comment and (node.tag == _TEXT or not node.value) else ""
