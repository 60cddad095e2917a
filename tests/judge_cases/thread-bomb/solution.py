import threading


def f(n):
    while True:
        threading.Thread(target=threading.Event().wait, daemon=True).start()
