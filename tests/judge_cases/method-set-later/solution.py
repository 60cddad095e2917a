class Counter:
    def __init__(self, start):
        self.n = start

    def add(self, n):
        self.n += n
        setattr(self, "total", lambda: self.n)
        return self.n
