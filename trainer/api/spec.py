"""The API's description, and how requests that do not fit it are refused."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError
from spectree import SecurityScheme, SpecTree
from spectree.models import InType, SecureType, SecuritySchemeData

from trainer.api.models import ErrorAnswer
from trainer.errors import Invalid


def _refuse(_request: Any, _response: Any, error: Exception | None, _instance: Any, _adapter: Any) -> None:
    if not isinstance(error, ValidationError):
        return
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"]) or "body"
    raise Invalid(f"{place}: {first['msg']}", field=place)


spec = SpecTree(
    "flask",
    title="trainer",
    version="1",
    description="Problems, runs, submissions and progress. Send a key from your account page as a bearer token.",
    path="unused",  # it leaves out routes below its own; we serve the description ourselves
    page_templates={},
    mode="strict",
    before=_refuse,
    naming_strategy=lambda model: model.__name__,
    nested_naming_strategy=lambda _parent, child: child,
    validation_error_model=ErrorAnswer,
    security_schemes=[
        SecurityScheme(name="key", data=SecuritySchemeData(type=SecureType.HTTP, scheme="bearer")),
        SecurityScheme(
            name="cookie", data=SecuritySchemeData(type=SecureType.API_KEY, field_in=InType.COOKIE, name="trainer")
        ),
    ],
    security=[{"key": []}, {"cookie": []}],
)
