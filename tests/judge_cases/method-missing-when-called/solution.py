class Counter:
    def __init__(self, start):
        if start > 1:
            self.total = lambda: start
