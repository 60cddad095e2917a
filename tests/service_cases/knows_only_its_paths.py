# what: It hangs up on every request that is not in its contract, and is right in all others.
# verdict: accepted
from honest import Handler, serve


class Strict(Handler):
    def parse_request(self):
        if not super().parse_request():
            return False
        self.close_connection = self.command != "POST" and not self.path.startswith(("/notes/", "/found"))
        return not self.close_connection


serve(Strict)
