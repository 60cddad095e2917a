import os


def f(n):
    left = len(os.listdir("/tmp"))
    os.makedirs("/tmp/a/b")
    for number, target in enumerate(["/", "/proc/1", "/tmp", "/tmp/a", "..", ".", "nowhere", "/opt"]):
        os.symlink(target, f"/tmp/link{number}")
        os.symlink(target, f"/tmp/a/b/link{number}")
    os.mkfifo("/tmp/fifo")
    os.mkfifo(b"/tmp/a/\xff\n")
    return [left, int(os.path.isdir("/usr/lib"))]
