# what: Its port is open, and nobody answers.
# verdict: run-time error
# reason: Your service listens on port 8000, but gave no answer to OPTIONS / and GET / in
# idle_s: 10
import socket
import time

listener = socket.create_server(("127.0.0.1", 8000))
time.sleep(600)
