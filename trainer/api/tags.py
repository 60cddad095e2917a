"""`ETag`: who asks again for what has not changed gets 304 and no body."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import make_response, request


def tagged(view: Callable[..., Any]) -> Callable[..., Any]:
    """The tag is made of the body: it changes with what you have done, too."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> Any:
        response = make_response(view(*args, **kwargs))
        response.add_etag()
        response.headers["Cache-Control"] = "private, no-cache"
        response.vary.update(("Authorization", "Cookie"))
        return response.make_conditional(request)

    return answer
