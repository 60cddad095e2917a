"""Links for other people: whole addresses. A request does not decide what they begin with."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from trainer.web.reach import link_base
from trainer.web.runtime import runtime


def place() -> str:
    """Where people reach this server."""
    return link_base(runtime().config, request.host_url)


def full_link(endpoint: str, **values: Any) -> str:
    """The whole address of a page."""
    return f"{place()}{url_for(endpoint, **values)}"
