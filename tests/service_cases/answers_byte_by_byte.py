# what: Its answer comes a byte at a time, for minutes.
# verdict: time limit exceeded
# reason: no whole answer within 5 s
import time

from honest import Handler, serve


class Slow(Handler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        for _ in range(1000):
            self.wfile.write(b" ")
            self.wfile.flush()
            time.sleep(0.2)


serve(Slow)
