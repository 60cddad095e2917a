# what: It forks until it may not.
# verdict: accepted
import os
import signal
import time

from honest import serve

children = []
try:
    while True:
        child = os.fork()
        if child == 0:
            time.sleep(600)
            os._exit(0)
        children.append(child)
except OSError:
    for child in children:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
serve()
