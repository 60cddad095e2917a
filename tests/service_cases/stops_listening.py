# what: It closes its port after the first answer, and its process lives on.
# verdict: run-time error
# reason: Your service stopped listening on port 8000 before this step
# runs: returned, died, not run, returned, returned
import time
from http.server import HTTPServer

from honest import Handler


class Last(Handler):
    protocol_version = "HTTP/1.0"

    def do_POST(self):
        super().do_POST()
        self.server.goes_on = False


with HTTPServer(("127.0.0.1", 8000), Last) as server:
    server.goes_on = True
    while server.goes_on:
        server.handle_request()
time.sleep(600)
