"""Adds line numbers to flaws whose place in a file is told by keys: an author looks for a line first."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping

import yaml
from yaml import CSafeLoader

from trainer.bank.check_yourself import LANGUAGE as CHECK_YOURSELF
from trainer.errors import Flaw

_NUMBERED = re.compile(r"(change|[a-z ]+) (\d+)\b")
_BLOCK = re.compile(rf"{CHECK_YOURSELF} (\d+)")
_OPENING = re.compile(rf"[ >]*(?:`{{3,}}|~{{3,}})[ ]*{CHECK_YOURSELF}[ ]*$")
_UNKNOWN = re.compile(r"unknown key '(.+)'")
_WORD = re.compile(r"[\w-]+")


def with_line(flaw: Flaw, texts: Mapping[str, str]) -> Flaw:
    """The flaw with the line on which its key stands, where it names one of a YAML file or of the front matter."""
    unknown = _UNKNOWN.match(flaw.problem)
    key = flaw.key or (unknown[1] if unknown else "")
    if flaw.line or not key or key.startswith("line "):
        return flaw
    text = texts.get(flaw.file, "")
    block = _BLOCK.match(key)
    line = _line_of_block(int(block[1]), text) if block else _line(key, _yaml_of(flaw.file, text))
    return dataclasses.replace(flaw, line=line)


def _line_of_block(number: int, text: str) -> int:
    """Where a question inside a text begins."""
    found = [line for line, one in enumerate(text.split("\n"), 1) if _OPENING.match(one)]
    return found[number - 1] if number <= len(found) else 0


def _yaml_of(file: str, text: str) -> str:
    if file.endswith(".yaml"):
        return text
    return text.split("\n---", 1)[0] if text.startswith("---\n") else ""


def _line(key: str, text: str) -> int:
    """The line of the item or key that is named first, counted from 1; 0 where there is none."""
    try:
        node = yaml.compose(text, Loader=CSafeLoader)
    except yaml.YAMLError:
        return 0
    numbered, word = _NUMBERED.match(key), _WORD.match(key)
    if numbered and numbered[1] == "change":
        node = _below("changes", node) or node
    if isinstance(node, yaml.SequenceNode) and numbered and 0 < int(numbered[2]) <= len(node.value):
        return int(node.value[int(numbered[2]) - 1].start_mark.line) + 1
    found = _below(word[0], node, value=False) if word else None
    return found.start_mark.line + 1 if found else 0


def _below(key: str, node: yaml.Node | None, value: bool = True) -> yaml.Node | None:
    """The value of a key, or the key itself."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((pair[value] for pair in pairs if pair[0].value == key), None)
