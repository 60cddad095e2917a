def __getattr__(name):
    if name == "f":
        return lambda n: n + 1
    raise AttributeError(name)
