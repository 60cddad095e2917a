# what: It tries to kill, stop and starve PID 1.
# verdict: accepted
import os
import resource
import signal

from honest import found, serve

for number in (signal.SIGKILL, signal.SIGSTOP, signal.SIGTERM, signal.SIGINT, signal.SIGALRM, signal.SIGCHLD):
    try:
        os.kill(1, number)
    except OSError:
        pass
try:
    resource.prlimit(1, resource.RLIMIT_NOFILE, (0, 0))
    found.append("prlimit of PID 1")
except OSError:
    pass
serve()
