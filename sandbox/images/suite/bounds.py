"""Bounds what a report and the suite's memory may hold, before either is written: both are made of a service's answers.

A report is shortened and its step judged all the same. What steps keep for later ones cannot be shortened: a step that
keeps too much fails by it.
"""

from __future__ import annotations

import json
from typing import Any

MOST_REPORT = 1 << 20
"""Bytes of a report."""
MOST_MEMORY = 4 << 20
"""Characters of JSON that the suite's memory may take."""
LONGEST_SENTENCE = 2000
MOST_HEADERS = 30
SHORTER = (2000, 300, 40, 0)
"""Characters that every text of an exchange is cut to, one after the other, until the report fits."""
CUT = " … [shortened: the answers of this step are too long to be shown]"


def bounded(report: dict[str, Any]) -> dict[str, Any]:
    """The report, with every text shortened that is too long for it."""
    report = {key: _cut(value, LONGEST_SENTENCE) for key, value in report.items()}
    exchanges = report["exchanges"]
    for longest in SHORTER:
        report["exchanges"] = [_shorter(exchange, longest) for exchange in exchanges]
        if len(json.dumps(report)) < MOST_REPORT:
            break
    return report


def _shorter(exchange: dict[str, Any], longest: int) -> dict[str, Any]:
    headers = {
        key: [[_cut(part, longest) for part in pair] for pair in exchange[key][:MOST_HEADERS]]
        for key in ("request_headers", "headers")
    }
    return {key: _cut(value, longest) for key, value in exchange.items()} | headers


def _cut(value: Any, longest: int) -> Any:
    return value[:longest] + CUT if isinstance(value, str) and len(value) > longest else value


def plain(memory: dict[str, Any]) -> dict[str, Any]:
    """What of the memory outlives a phase: JSON values."""
    return {key: value for key, value in memory.items() if (_length(value) or MOST_MEMORY + 1) <= MOST_MEMORY}


def drop_excess(memory: dict[str, Any]) -> str:
    """Take from the memory what is too large for it. A sentence that says so, or ""."""
    lengths = {key: _length(value) or 0 for key, value in memory.items()}
    if sum(lengths.values()) <= MOST_MEMORY:
        return ""
    for key in sorted(lengths, key=lambda key: -lengths[key]):
        if sum(lengths.values()) > MOST_MEMORY:
            del memory[key], lengths[key]
    return f"What later steps need of the answers is larger than {MOST_MEMORY >> 20} MiB."


def _length(value: Any) -> int | None:
    """Characters of a value as JSON; None where it is none. One that is nested too deeply is larger than all bounds."""
    try:
        return len(json.dumps(value))
    except RecursionError:
        return MOST_MEMORY + 1
    except (TypeError, ValueError):
        return None
