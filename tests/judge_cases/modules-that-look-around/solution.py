import pickle
import typing
from dataclasses import dataclass


@dataclass
class Pair:
    a: "int"
    b: int = 5


def f(n: "int") -> "list[int]":
    assert typing.get_type_hints(f)["n"] is int
    assert __name__ != "__main__"
    pair = pickle.loads(pickle.dumps(Pair(n)))
    return [pair.a, pair.b]
