import os
import signal


def f(n):
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    os.fork()
    os.setsid() if os.getpid() != os.getsid(0) else None
    while True:
        pass
