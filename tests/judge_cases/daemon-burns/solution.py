import os
import time


def f(n):
    if os.fork() == 0:
        if os.fork() == 0:
            while True:
                pass
        os._exit(0)
    time.sleep(3600)
