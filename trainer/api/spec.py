"""How operations are described, and how requests that do not fit their description are refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, get_type_hints

from flask import request
from pydantic import BaseModel, ValidationError
from spectree import Response, SpecTree

from trainer.api.idempotency import idempotent
from trainer.api.models.common import ErrorDetails
from trainer.api.tags import tagged
from trainer.errors import FieldError, Unfit

View = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """What the description says of an operation beside its shapes.

    `guests`: it needs no account. `once`: it takes an idempotency key. `etag`: what has not changed is not sent again.
    `takes` and `media` are the types of its body and its answer, where these are not JSON.
    """

    refuses: frozenset[int]
    headers: tuple[str, ...] = ()
    guests: bool = False
    once: bool = False
    etag: bool = False
    takes: str = ""
    media: str = ""


OPERATIONS: dict[str, Operation] = {}
"""All operations by their ids."""


def _refuse(_request: Any, _response: Any, error: Exception | None, _instance: Any, _adapter: Any) -> None:
    if isinstance(error, ValidationError):
        raise Unfit([_field_error(one) for one in error.errors()])


def _field_error(error: Any) -> FieldError:
    return FieldError(".".join(str(part) for part in error["loc"]) or "body", error["msg"])


spec = SpecTree(
    "flask",
    path="unused",  # it leaves out routes below its own; we serve the description ourselves
    page_templates={},
    mode="strict",
    before=_refuse,
    naming_strategy=lambda model: model.__name__,
    nested_naming_strategy=lambda _parent, child: child,
    validation_error_model=ErrorDetails,
)


def describe(
    operation_id: str,
    tag: str,
    answer: type[BaseModel] | None,
    *,
    status: int = 200,
    refuses: Sequence[int] = (),
    headers: Sequence[str] = (),
    guests: bool = False,
    once: bool = False,
    secrets: Sequence[str] = (),
    etag: bool = False,
    takes: str = "",
    **others: type[BaseModel],
) -> Callable[[View], View]:
    """Hold a view's requests and answers against its annotations and `answer`, and put both into the description.

    `refuses` are statuses beside those that every operation has; `headers` names those of the answer (see
    `trainer.api.document`); `others` are errors with more members, as `HTTP_409=…`. With `once` a request
    that is sent again under the same idempotency key does its work once, and `secrets` are not told a second time;
    with `etag` it says whether anything changed.
    """
    OPERATIONS[operation_id] = Operation(frozenset(refuses), tuple(headers), guests, once, etag, takes)
    answers = Response(**{f"HTTP_{status}": answer}, **others)
    made: Callable[[View], View] = spec.validate(resp=answers, tags=[tag], operation_id=operation_id)
    if once:
        return lambda view: idempotent(made(view), secrets)
    return (lambda view: tagged(made(view))) if etag else made


def _asked(query: type[BaseModel]) -> BaseModel:
    try:
        return query.model_validate(request.args.to_dict())
    except ValidationError as error:
        raise Unfit([_field_error(one) for one in error.errors()]) from error


def describe_stream(
    operation_id: str, tag: str, media: str, *, refuses: Sequence[int] = (), guests: bool = False
) -> Callable[[View], View]:
    """Put a view into the description whose answer is no JSON. Nothing reads what it sends, only what it is asked."""
    OPERATIONS[operation_id] = Operation(frozenset(refuses), guests=guests, media=media)
    described = spec.validate(resp=Response(HTTP_200=None), tags=[tag], operation_id=operation_id)

    def wrap(view: View) -> View:
        query = get_type_hints(view).get("query")

        @wraps(described(view))
        def answer(*args: Any, **kwargs: Any) -> Any:
            asked = {} if query is None else {"query": _asked(query)}
            return view(*args, **kwargs, **asked)

        return answer

    return wrap
