"""Which language one answers in: the one that the address asks for, else the one that was chosen here last."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, make_response, request

COOKIE = "language"
YEAR_S = 365 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Remembered:
    """Languages that this browser remembers: of this very place, or the one that was chosen last of all."""

    here: str = ""
    elsewhere: str = ""


def asked() -> str:
    """The language that the address asks for, or nothing."""
    return request.args.get("language", "")


def written_in() -> str:
    """The language of what a form posts: without scripts the menu may name another one than the text is in."""
    return request.form.get("written_in") or request.form.get("language", "")


def remembered(place: str) -> Remembered:
    """What this browser has kept. `place` names a problem, or a task of an interview."""
    language, _, where = request.cookies.get(COOKIE, "").partition(".")
    return Remembered(here=language if where == place else "", elsewhere=language)


def choose(languages: tuple[str, ...], last: Remembered, written: str) -> str:
    """One of these languages. `written` is the one in which something was written here last."""
    wishes = (last.here, written, last.elsewhere)
    return next((one for one in wishes if one in languages), languages[0])


def keep(page: str, place: str, language: str) -> Response:
    """The page, after which this browser remembers a language that the address asked for."""
    response = make_response(page)
    if asked() == language:
        response.set_cookie(COOKIE, f"{language}.{place}", max_age=YEAR_S, samesite="Lax", httponly=True)
    return response
