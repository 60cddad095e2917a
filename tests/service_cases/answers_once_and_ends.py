# what: It answers the first step and ends: what is asked later is never run, and must not count.
# verdict: run-time error
# reason: Your service ended with exit code 0 before this step
# runs: returned, died, not run, returned, returned
import os
from http.server import HTTPServer

from honest import Handler


class Once(Handler):
    def do_POST(self):
        super().do_POST()
        os._exit(0)


HTTPServer(("127.0.0.1", 8000), Once).serve_forever()  # its one thread ends before it could answer anything else
