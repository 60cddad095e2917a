import collections


def f(n):
    return (1, 2), collections.namedtuple("Pair", "a b")(3, 4)
