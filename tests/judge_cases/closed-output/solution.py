import os
import sys


def f(n):
    sys.stdout.close()
    sys.stderr.close()
    sys.stdin.close()
    os.closerange(0, 3)
    return n
