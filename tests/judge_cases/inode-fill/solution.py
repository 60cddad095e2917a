import os


def f(n):
    number = 0
    while n == 1:
        number += 1
        os.close(os.open(f"/tmp/{number}", os.O_CREAT))
    return len(os.listdir("/tmp"))
