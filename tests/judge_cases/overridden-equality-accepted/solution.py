class Liar(list):
    def __eq__(self, other):
        return False

    def __iter__(self):
        raise RuntimeError


def f(n):
    return Liar([7])
