import os


def f(n):
    os._exit(n)
