def f(n):
    [n]
