# what: It listens on as many ports as it can get.
# verdict: accepted
import os
import socket
import time

from honest import serve

for part in range(40):
    if os.fork() == 0:
        held = []
        for port in range(28000 + part * 900, 28000 + (part + 1) * 900):
            try:
                line = socket.socket()
                line.bind(("127.0.0.1", port))
                line.listen(1)
                held.append(line)
            except OSError:
                pass
        time.sleep(600)
time.sleep(1)
serve()
