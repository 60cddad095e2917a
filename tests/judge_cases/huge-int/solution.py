def f(n):
    return 10**n
