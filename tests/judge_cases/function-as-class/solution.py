class f(int):
    def __new__(cls, n):
        return super().__new__(cls, n + 1)
