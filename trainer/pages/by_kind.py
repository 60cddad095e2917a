"""Pages of which a kind may have its own: a template named after the kind, beside the one for all others."""

from __future__ import annotations

from typing import Any

from flask import render_template


def render_by_kind(kind: str, template: str, **values: Any) -> str:
    """problem/quiz.html for a quiz where there is one, else problem/problem.html."""
    folder = template.partition("/")[0]
    return render_template([f"{folder}/{kind}.html", template], **values)
