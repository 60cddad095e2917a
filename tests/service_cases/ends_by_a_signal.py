# what: It answers the first step and kills itself.
# verdict: run-time error
# reason: Your service was ended by signal 15 before this step
# runs: returned, died, not run, returned, returned
import os
import signal
from http.server import HTTPServer

from honest import Handler


class Killed(Handler):
    def do_POST(self):
        super().do_POST()
        os.kill(os.getpid(), signal.SIGTERM)


HTTPServer(("127.0.0.1", 8000), Killed).serve_forever()  # its one thread ends before it could answer anything else
