"""A plan as PostgreSQL explains it in JSON, read as lines: each step with the rows and blocks that it touched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

MOST_STEPS = 60


def steps(plan: Any) -> list[dict[str, Any]]:
    """The steps from the top, as JSON values; none where there is no plan."""
    try:
        return list(_walk(plan[0]["Plan"], 0))[:MOST_STEPS]
    except (TypeError, KeyError, IndexError):
        return []


def _walk(node: dict[str, Any], depth: int) -> Iterator[dict[str, Any]]:
    loops = max(1, int(node.get("Actual Loops", 1)))
    yield {
        "depth": depth,
        "name": _name(node),
        "detail": _detail(node),
        "rows": int(float(node.get("Actual Rows", 0)) * loops),
        "blocks": int(node.get("Shared Hit Blocks", 0)) + int(node.get("Shared Read Blocks", 0)),
    }
    for part in node.get("Plans", ()):
        yield from _walk(part, depth + 1)


def _name(node: dict[str, Any]) -> str:
    """ "Index Scan orders": what is done, and to which table."""
    kind = str(node["Node Type"])
    if kind == "Aggregate":
        kind = {"Hashed": "HashAggregate", "Sorted": "GroupAggregate"}.get(str(node.get("Strategy")), kind)
    if node.get("Join Type") not in (None, "Inner"):
        kind = f"{kind} ({str(node['Join Type']).lower()})"
    table = node.get("Relation Name") or node.get("CTE Name") or node.get("Function Name")
    return f"{kind} {table}" if table else kind


def _detail(node: dict[str, Any]) -> str:
    """By which index or condition, in PostgreSQL's words."""
    parts = [f"by {node['Index Name']}"] if "Index Name" in node else []
    for key in ("Index Cond", "Hash Cond", "Merge Cond", "Join Filter", "Filter"):
        if key in node:
            parts.append(str(node[key]))
    if "Sort Key" in node:
        parts.append("by " + ", ".join(map(str, node["Sort Key"])))
    return "; ".join(parts)[:200]
