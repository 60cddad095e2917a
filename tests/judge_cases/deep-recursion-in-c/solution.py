import sys

sys.setrecursionlimit(10**8)


def f(n):
    nest = None
    for _ in range(10**6):
        nest = (nest,)
    hash(nest)
