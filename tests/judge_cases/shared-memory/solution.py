import ctypes
import os


def f(n):
    libc = ctypes.CDLL(None, use_errno=True)
    left = [*os.listdir("/dev/shm"), *os.listdir("/dev/mqueue")]
    if libc.shmget(7, 4096, 0o1666) >= 0:
        left.append("shmget")
    if libc.semget(7, 1, 0o1666) >= 0:
        left.append("semget")
    if libc.msgget(7, 0o1666) >= 0:
        left.append("msgget")
    with open("/dev/shm/left", "w") as file:
        file.write("x")
    try:
        os.close(os.open("/dev/mqueue/left", os.O_CREAT | os.O_RDWR))
    except OSError:
        pass
    return left
