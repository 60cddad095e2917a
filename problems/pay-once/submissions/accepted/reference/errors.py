"""What the service says no with."""


class Refused(Exception):
    """A request that is not granted. Raised inside a transaction, it undoes what that has done so far."""

    def __init__(self, status, error, message):
        super().__init__(message)
        self.status = status
        self.body = {"error": error, "message": message}


def bad_request(message):
    return Refused(400, "bad_request", message)


def invalid(message):
    return Refused(422, "invalid", message)


def not_found():
    return Refused(404, "not_found", "There is no such account.")
