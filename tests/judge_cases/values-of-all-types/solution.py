from collections import OrderedDict, defaultdict
from enum import IntEnum


class Number(IntEnum):
    TWO = 2


def f(n):
    return ({"a": n, "b": None}, OrderedDict(a=Number.TWO, b=3))
