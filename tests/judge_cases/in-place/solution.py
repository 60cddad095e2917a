def f(items):
    items.sort()
    return "ignored"
