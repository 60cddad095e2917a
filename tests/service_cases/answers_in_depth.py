# what: Its answer is nested so deeply that it is hardly JSON any more.
# verdict: wrong answer
# suites: suite_keeps_01 suite_keeps_02
from honest import Handler, serve


class Deep(Handler):
    def do_GET(self):
        body = b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


serve(Deep)
