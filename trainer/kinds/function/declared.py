"""Values as their declared type has them: an int that data gives for a float is shown as the float that it is."""

from __future__ import annotations

from typing import Any

from sandbox.model import Json
from sandbox.signature import Type


def as_declared(value: Json, declared: Type) -> Any:
    """The value with floats where they are declared. What does not fit stays as it is."""
    match declared.name, declared.of:
        case "float", _ if type(value) is int and abs(value) <= 2**53:
            return float(value)
        case "list", Type() as part if isinstance(value, list) and _holds_floats(part):
            return [as_declared(item, part) for item in value]
        case "dict", Type() as part if isinstance(value, dict) and _holds_floats(part):
            return {name: as_declared(item, part) for name, item in value.items()}
        case "optional", Type() as part:
            return as_declared(value, part)
    return value


def _holds_floats(declared: Type) -> bool:
    return declared.name == "float" or (declared.of is not None and _holds_floats(declared.of))
