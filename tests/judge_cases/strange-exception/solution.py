class Strange(Exception):
    def __str__(self):
        raise self


def f(n):
    raise Strange
