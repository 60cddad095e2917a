"""What the service says no with."""


class Refused(Exception):
    """A request that is not granted: a status, words, and the field that is wrong, if it is one."""

    def __init__(self, status, words, field=None):
        super().__init__(words)
        self.status = status
        self.body = {"error": words} | ({"field": field} if field else {})


def unknown():
    return Refused(404, "There is no such link.")


def gone():
    return Refused(410, "This link was deleted or has expired.")
