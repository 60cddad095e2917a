"""Errors as clients see them: a status and {"error": {"code": …, "message": …}}."""

from typing import Any

from flask import Flask, Response, json, jsonify
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse


class ApiError(Exception):
    status = 500

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Invalid(ApiError):
    """The request itself is wrong."""

    status = 400

    def __init__(self, message: str) -> None:
        super().__init__("invalid", message)


class NotFound(ApiError):
    status = 404

    def __init__(self, what: str) -> None:
        super().__init__("not_found", f"There is no such {what}.")


class Conflict(ApiError):
    """The request is right, but what it asks for is not possible now."""

    status = 409


def found(row: dict[str, Any] | None, what: str) -> dict[str, Any]:
    """The row, or the 404 that says what is missing."""
    if row is None:
        raise NotFound(what)
    return row


def register(app: Flask) -> None:
    @app.errorhandler(ApiError)
    def known(error: ApiError) -> tuple[Response, int]:
        return jsonify(_body(error.code, error.message)), error.status

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> AnyResponse:
        response = error.get_response()
        response.data = json.dumps(_body(error.name.lower().replace(" ", "_"), error.description or ""))
        response.content_type = "application/json"
        return response

    @app.errorhandler(Exception)
    def unforeseen(error: Exception) -> tuple[Response, int]:
        app.logger.exception("unforeseen error")
        return jsonify(_body("internal", "Something went wrong on our side.")), 500


def _body(code: str, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message}}
