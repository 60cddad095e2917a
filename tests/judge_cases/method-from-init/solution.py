class Counter:
    def __init__(self, start):
        values = [start]

        def add(n):
            values.append(n)
            return sum(values)

        self.add = add
        self.total = lambda: sum(values)
