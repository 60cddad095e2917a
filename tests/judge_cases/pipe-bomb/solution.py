import os


def f(n):
    while n == 1:
        _, writer = os.pipe()
        os.write(writer, b"x" * 60000)
    return n
