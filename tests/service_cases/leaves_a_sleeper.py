# what: It ends after the first answer, and leaves a process that serves nothing.
# verdict: run-time error
# reason: before this step
# runs: returned, died, not run, returned, returned
import os
import subprocess
from http.server import HTTPServer

from honest import Handler


class Leaving(Handler):
    def do_POST(self):
        subprocess.Popen(["sleep", "600"])
        super().do_POST()
        os._exit(0)


HTTPServer(("127.0.0.1", 8000), Leaving).serve_forever()  # its one thread ends before it could answer anything else
