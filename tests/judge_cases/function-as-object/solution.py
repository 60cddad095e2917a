class Adder:
    def __call__(self, n):
        return n + 1


f = Adder()
