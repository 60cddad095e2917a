import time


def f(n):
    time.sleep(3600)
