# what: It hangs up after each answer and does not ask to use its port again: the restart finds the port free.
# verdict: accepted
from http.server import HTTPServer
from socketserver import ThreadingMixIn

from honest import Handler


class Closing(Handler):
    protocol_version = "HTTP/1.0"


class Server(ThreadingMixIn, HTTPServer):
    allow_reuse_address = False


Server(("127.0.0.1", 8000), Closing).serve_forever()
