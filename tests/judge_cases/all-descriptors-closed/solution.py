import os


def f(n):
    os.closerange(0, 256)
    return n
