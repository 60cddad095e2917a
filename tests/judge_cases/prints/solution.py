def f(n):
    print("before")
    while True:
        pass
