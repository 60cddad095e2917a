"""Lists of the API in pages: each answer says where the next one is."""

from __future__ import annotations

from typing import Any

from flask import request, url_for


def next_address(**place: int | None) -> str | None:
    """The address of the same list at another place, every filter kept. None where there is no more."""
    if None in place.values() or request.endpoint is None:
        return None
    asked: dict[str, Any] = {key: values for key, values in request.args.lists() if key not in place}
    return url_for(request.endpoint, **(asked | place))
