import functools


class _Counter:
    def __init__(self, step, start):
        self.n = step * start

    def add(self, n):
        self.n += n
        return self.n

    @property
    def total(self):
        return lambda: self.n


Counter = functools.partial(_Counter, 1)
