# what: Its answer is no JSON, and says that it is packed.
# verdict: wrong answer
# expected: a JSON body
from honest import Handler, serve


class Odd(Handler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"{]x")


serve(Odd)
