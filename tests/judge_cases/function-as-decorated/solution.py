import functools


@functools.cache
def f(n):
    return n + 1
