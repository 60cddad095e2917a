def f(n):
    raise ValueError("x" * 10_000_000)
