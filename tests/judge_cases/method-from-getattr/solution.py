class Plain:
    def __init__(self, start):
        self.n = start

    def plus(self, n=0):
        self.n += n
        return self.n


class Counter:
    def __init__(self, start):
        self._inner = Plain(start)

    def __getattr__(self, name):
        if name in ("add", "total"):
            return self._inner.plus
        raise AttributeError(name)
