"""Errors as clients see them: a status and {"error": {"code": …, "message": …}}."""

import traceback
from typing import Any

from flask import Flask, Response, jsonify
from werkzeug.exceptions import HTTPException


class ApiError(Exception):
    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


class Invalid(ApiError):
    """The request itself is wrong."""

    def __init__(self, message: str) -> None:
        super().__init__(400, "invalid", message)


class LoginRequired(ApiError):
    def __init__(self) -> None:
        super().__init__(401, "login_required", "Log in first.")


class Forbidden(ApiError):
    def __init__(self, message: str) -> None:
        super().__init__(403, "forbidden", message)


class NotFound(ApiError):
    def __init__(self, what: str) -> None:
        super().__init__(404, "not_found", f"There is no such {what}.")


def register(app: Flask) -> None:
    @app.errorhandler(ApiError)
    def known(error: ApiError) -> tuple[Response, int]:
        return _body(error.code, error.message), error.status

    @app.errorhandler(Exception)
    def unforeseen(error: Exception) -> tuple[Response, int] | HTTPException:
        if isinstance(error, HTTPException):
            return error
        app.logger.exception("unforeseen error")
        return _body("internal", str(error), trace=traceback.format_exc()), 500


def _body(code: str, message: str, **more: Any) -> Response:
    return jsonify({"error": {"code": code, "message": message, **more}})
