import os
import signal
import time


def f(n):
    seen = sum(name.isdigit() for name in os.listdir("/proc"))
    for number in range(40):
        pid = os.fork()
        if pid == 0:
            for ignored in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                signal.signal(ignored, signal.SIG_IGN)
            if number % 3 == 0:
                os._exit(0)
            if number % 3 == 1:
                os.setsid()
                if os.fork():
                    os._exit(0)
            while True:
                time.sleep(1)
        if number % 5 == 0:
            os.kill(pid, signal.SIGSTOP)
    return seen
