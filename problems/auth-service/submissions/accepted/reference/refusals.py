"""What the service refuses, with the answer that says so."""


class Refusal(Exception):
    def __init__(self, status, code, headers=None):
        super().__init__(code)
        self.status = status
        self.code = code
        self.headers = headers or {}
