# what: The process that answers takes too much memory, the one that listens lives on.
# verdict: memory limit exceeded
from http.server import HTTPServer
from socketserver import ForkingMixIn

from honest import Handler


class Forking(ForkingMixIn, HTTPServer):
    pass


class Greedy(Handler):
    protocol_version = "HTTP/1.0"

    def do_GET(self):
        held = []
        while True:
            held.append(bytearray(b"x" * (8 << 20)))


Forking(("127.0.0.1", 8000), Greedy).serve_forever()
