def f(n):
    return "x" * 20_000_000
