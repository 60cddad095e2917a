"""YAML as the bank reads it: safe types, no key twice, no aliases: a mistake is an error, not a surprise."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import yaml
from yaml import CSafeLoader

from trainer.bank.flaws import Flaws

DEEPEST = 24


class _Refused(Exception):
    """Valid YAML that is not read here. `line` counts from 0."""

    def __init__(self, problem: str, line: int, mend: str) -> None:
        super().__init__(problem)
        self.problem, self.line, self.mend = problem, line, mend


class _Loader(CSafeLoader):
    """The safe loader, which refuses a key that stands twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, Hashable):
                raise _Refused("a key must be plain", key_node.start_mark.line, "use a text as key")
            if key in seen:
                raise _Refused(f"key {key!r} stands twice", key_node.start_mark.line, "keep one of them")
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


def read_yaml(text: str, file: str, flaws: Flaws) -> Any:
    """The value of a YAML text, or None with a flaw."""
    try:
        _bound(text)
        return yaml.load(text, Loader=_Loader)
    except _Refused as error:
        flaws.add(file, f"line {error.line + 1}", error.problem, error.mend)
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}" if error.problem_mark else ""
        flaws.add(file, line, error.problem or "is no YAML", "a text that holds ':', '#' or quotes stands in quotes")
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        flaws.add(file, "", f"is no YAML: {str(error).splitlines()[0]}", "mend it")
    return None


def _bound(text: str) -> None:
    """Raise for aliases, which can make a small text huge, and for nesting that readers would choke on."""
    depth = 0
    for event in yaml.parse(text, Loader=CSafeLoader):
        line = event.start_mark.line if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent):
            raise _Refused("aliases are not read", line, "write the value out")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise _Refused(f"nests deeper than {DEEPEST}", line, "flatten it")
