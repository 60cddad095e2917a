def f(n):
    return [float("nan")]
