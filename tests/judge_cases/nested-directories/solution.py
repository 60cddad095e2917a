import os


def f(n):
    left = os.listdir("/tmp")
    os.chdir("/tmp")
    for _ in range(1000):
        os.mkdir("d" * 200)
        os.mkdir("other")
        os.chmod("other", 0)
        os.chdir("d" * 200)
        os.chmod("..", 0o500) if os.stat("..").st_uid == os.getuid() else None
    return left
