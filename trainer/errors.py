"""What can go wrong in the trainer, as types whose messages are for people; the edge maps them once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, slots=True)
class FieldError:
    """One input that cannot be used: its name, with dots between levels, and why."""

    field: str
    message: str


class TrainerError(Exception):
    """Something that the trainer can explain. `str(error)` may be shown to whoever asked.

    `field` names the input that is meant, where there is one. `status` and `code` are for HTTP.
    """

    status = 500
    code = "error"

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field

    @property
    def errors(self) -> tuple[FieldError, ...]:
        """All inputs that are meant."""
        return (FieldError(self.field, str(self)),) if self.field else ()


class SettingError(TrainerError):
    """A setting cannot be used. One line for each, which begins with the variable's name."""


class NotFound(TrainerError):
    """There is no such thing, or it is not this person's: both look alike."""

    status = 404
    code = "not_found"


class Invalid(TrainerError):
    """What was sent cannot be used."""

    status = 422
    code = "invalid"


class Unfit(Invalid):
    """What was sent does not have its described form. All that is wrong with it is told at once."""

    def __init__(self, errors: Sequence[FieldError]) -> None:
        self._errors = tuple(errors)
        first = self._errors[0]
        message = f"{first.field}: {first.message}"
        if len(self._errors) > 1:
            message = f"{len(self._errors)} inputs cannot be used: {', '.join(error.field for error in self._errors)}."
        super().__init__(message, field=first.field)

    @property
    def errors(self) -> tuple[FieldError, ...]:
        return self._errors


class BrokenJson(TrainerError):
    """A body that says it is JSON and cannot be read as such."""

    status = 400
    code = "broken_json"


class TooLarge(Invalid):
    status = 413
    code = "too_large"


class NotJson(Invalid):
    """A body of another type, where JSON is taken."""

    status = 415
    code = "not_json"


class Refused(TrainerError):
    """This person may not do this."""

    status = 403
    code = "refused"


class SignInNeeded(Refused):
    status = 401
    code = "sign_in_needed"


class BadKey(SignInNeeded):
    """A key for the API that is none, or none any more."""

    code = "bad_key"


class KeyEnded(BadKey):
    """A key that was good until its end."""

    code = "key_ended"


class ScopeNeeded(Refused):
    """A key whose account may do this, and which was not made for it. `scope` is what it needs."""

    code = "key_scope"

    def __init__(self, message: str, scope: str) -> None:
        super().__init__(message)
        self.scope = scope


class TooMany(TrainerError):
    """Asked too often. `wait_s` says when the next time is."""

    status = 429
    code = "too_many"

    def __init__(self, message: str, wait_s: float, *, field: str | None = None) -> None:
        self.wait_s = max(1, ceil(wait_s))
        seconds = "a second" if self.wait_s == 1 else f"{self.wait_s} seconds"
        super().__init__(f"{message} Try again in {seconds}.", field=field)


def headers_of(error: TrainerError) -> dict[str, str]:
    """What HTTP says of an error beside its status."""
    match error:
        case TooMany(wait_s=seconds) | Unavailable(retry_after_s=int(seconds)):
            return {"Retry-After": str(seconds)}
        case ScopeNeeded(scope=scope):
            return {"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{scope}"'}
        case BadKey():
            return {"WWW-Authenticate": 'Bearer error="invalid_token"'}
        case SignInNeeded():
            return {"WWW-Authenticate": "Bearer"}
    return {}


class Busy(TrainerError):
    """One at a time: an earlier one is not judged yet."""

    status = 409
    code = "busy"


class Conflict(TrainerError):
    """Somebody was faster, perhaps oneself on another device."""

    status = 409
    code = "conflict"


class Unavailable(TrainerError):
    """Something of ours is away or busy; nothing is lost, and it comes back. `retry_after_s` says when to ask again."""

    status = 503
    code = "unavailable"

    def __init__(self, message: str, *, field: str | None = None, retry_after_s: int | None = None) -> None:
        super().__init__(message, field=field)
        self.retry_after_s = retry_after_s


class Unreadable(TrainerError):
    """Something that is stored and that this release cannot read. It stays as it is; everything else goes on."""

    status = 409
    code = "unreadable"


class BankError(TrainerError):
    """Something about the bank of problems."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong in a package: where it stands, what it is, and how to fix it.

    `file` is a path in the package, `key` the place in it ("limits.time_limit_s"), or empty. `line` counts from 1; it
    is 0 where the key says it, or where there is none.
    """

    file: str
    key: str
    problem: str
    fix: str = ""
    line: int = 0

    def __str__(self) -> str:
        where = ": ".join(part for part in (self.file, f"line {self.line}" if self.line else "", self.key) if part)
        return f"{where}: {self.problem}" + (f" ({self.fix})" if self.fix else "")


class PackageError(BankError):
    """A package that cannot be read. `flaws` are all that were found, not only the first."""

    status = 422
    code = "package"

    def __init__(self, slug: str, flaws: Sequence[Flaw]) -> None:
        self.slug = slug
        self.flaws = tuple(flaws)
        super().__init__("\n".join(f"problems/{slug}/{flaw}" for flaw in self.flaws))

    @property
    def errors(self) -> tuple[FieldError, ...]:
        return tuple(FieldError(flaw.file or "package", str(flaw)) for flaw in self.flaws)


class DataError(BankError):
    """The hidden cases of a problem could not be made: its generator or its reference solution failed."""


class InputError(Invalid):
    """A student's own input that does not fit the signature. `parameter` is the one that is meant, or empty."""

    code = "own_input"

    def __init__(self, message: str, parameter: str = "") -> None:
        self.parameter = parameter
        super().__init__(message, field=parameter or None)
