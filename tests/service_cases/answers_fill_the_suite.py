# what: Its answers are as long as they may be, and take thirty times as much once they are read.
# verdict: output limit exceeded
# reason: take more memory than any honest ones
# suites: suite_heavy
# runs: output limit, not run
from honest import Handler, serve


BODY = b"[" + b"[]," * 340_000 + b"[]]"


class Heavy(Handler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)


serve(Heavy)
