def f(x, rows, by_name):
    return [type(value).__name__ for value in (x, *(v for row in rows for v in row), *by_name.values())]
