"""Refusals that a client may see."""


class ApiError(Exception):
    """Answered with this status and {"error": code}."""

    def __init__(self, status, code):
        super().__init__(code)
        self.status = status
        self.code = code
