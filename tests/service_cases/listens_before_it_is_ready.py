# what: Its port is open for seconds before it can answer.
# verdict: accepted
import time
from http.server import ThreadingHTTPServer

from honest import Handler

server = ThreadingHTTPServer(("127.0.0.1", 8000), Handler)
time.sleep(3)
server.serve_forever()
