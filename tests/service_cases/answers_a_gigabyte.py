# what: An answer of a gigabyte.
# verdict: output limit exceeded
# reason: more than 1 MiB
from honest import Handler, serve


class Large(Handler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", str(1 << 30))
        self.end_headers()
        for _ in range(1 << 14):
            self.wfile.write(b"x" * 65536)


serve(Large)
