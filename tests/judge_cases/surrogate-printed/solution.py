import os


def f(n):
    os.write(1, b"\0 \xed\xa0\x80\n")
    return n
