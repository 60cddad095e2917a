# what: Its first process ends after the first answer, and a second one answers on the same socket: it lives.
# verdict: accepted
import os
from http.server import HTTPServer

from honest import Handler

server = HTTPServer(("127.0.0.1", 8000), Handler)
end_of_first, held_by_first = os.pipe()
if os.fork():

    class Ending(Handler):
        def do_POST(self):
            super().do_POST()
            os._exit(1)

    server.RequestHandlerClass = Ending  # its one thread takes no connection that it does not answer
else:
    os.close(held_by_first)
    os.read(end_of_first, 1)
server.serve_forever()
