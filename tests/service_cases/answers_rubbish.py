# what: Its answer is no HTTP.
# verdict: run-time error
# reason: no answer
from honest import Handler, serve


class Rubbish(Handler):
    def do_GET(self):
        self.wfile.write(b"\x00\xff no http at all\r\n\r\n" * 50)
        self.close_connection = True


serve(Rubbish)
