def f(n):
    return int(input())
