# what: It writes megabytes of log a second.
# verdict: accepted
import sys
import threading

from honest import serve


def flood():
    while True:
        sys.stdout.write("x" * 65536)


threading.Thread(target=flood, daemon=True).start()
serve()
