import sys


def f(n):
    while True:
        print("all work and no play", file=sys.stderr)
