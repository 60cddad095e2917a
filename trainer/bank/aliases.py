"""Other names of problems and topics. The search finds them; a problem's page does not print them."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, StrictStr
from pydantic_core import PydanticCustomError

MOST_ALIASES = 8


def _check_alias(alias: str) -> str:
    if alias != " ".join(alias.lower().split()) or not any(map(str.isalnum, alias)):
        raise PydanticCustomError("alias", "write a name in lower case, with single spaces between its words")
    return alias


def _check_all(aliases: tuple[str, ...]) -> tuple[str, ...]:
    if twice := next((alias for alias in aliases if aliases.count(alias) > 1), None):
        raise PydanticCustomError("twice", "it names {alias} twice: keep one", {"alias": repr(twice)})
    return aliases


Alias = Annotated[StrictStr, Field(min_length=2, max_length=40), AfterValidator(_check_alias)]
Aliases = Annotated[tuple[Alias, ...], Field(max_length=MOST_ALIASES), AfterValidator(_check_all)]
