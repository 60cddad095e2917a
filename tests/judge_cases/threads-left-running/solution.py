import threading


def f(n):
    threading.Thread(target=threading.Event().wait).start()
    return n
