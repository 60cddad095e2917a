import os
import time


def f(n):
    for _ in range(50):
        if os.fork() == 0:
            with open("/proc/self/oom_score_adj", "w") as score:
                score.write("0")
            block = bytearray(b"x") * (2 << 20)
            while True:
                time.sleep(1)
    blocks = []
    while True:
        blocks.append(bytearray(b"x") * (1 << 16))
