"""What is refused, with the answer that says so."""


class Problem(Exception):
    def __init__(self, status, code, **more):
        super().__init__(code)
        self.status = status
        self.body = {"error": code, **more}
