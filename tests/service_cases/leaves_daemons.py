# what: Daemons of the first start are gone in the second one.
# verdict: accepted
import os
import time

from honest import found, serve

MARK = "alive"


def last_sign():
    return os.stat(MARK).st_mtime_ns if os.path.exists(MARK) else 0


before = last_sign()
time.sleep(0.3)
if last_sign() != before:
    found.append("a daemon of the start before")
for _ in range(5):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            while True:
                open(MARK, "w").write(str(time.monotonic()))
                time.sleep(0.01)
        os._exit(0)
serve()
