def f(n):
    while n == 1:
        print("all work and no play")
    return n
