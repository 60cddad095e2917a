import re


def f(n):
    return bool(re.fullmatch("(a|a)*b", "a" * n))
