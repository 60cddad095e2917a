import os
import resource


def f(n):
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    os.sched_setaffinity(0, os.sched_getaffinity(0))
    return n
