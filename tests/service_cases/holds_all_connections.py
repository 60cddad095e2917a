# what: It opens as many connections to the servers as it can get, and keeps them.
# verdict: accepted
import os
import socket

from honest import serve

held = []
for _ in range(20):
    if os.fork() == 0:
        try:
            while True:
                for port in (5432, 6379):
                    held.append(socket.create_connection(("127.0.0.1", port), timeout=1))
        except OSError:
            pass
        import time

        time.sleep(600)
serve()
