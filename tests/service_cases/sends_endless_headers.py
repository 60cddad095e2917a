# what: Its headers have no end.
# verdict: run-time error
# reason: no answer
from honest import Handler, serve


class Headers(Handler):
    def do_GET(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(100_000):
            self.wfile.write(b"X-%d: %s\r\n" % (number, b"y" * 1000))


serve(Headers)
