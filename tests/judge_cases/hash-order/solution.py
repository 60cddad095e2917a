import random
import secrets


def f(n):
    assert secrets.token_hex(8) != "0" * 16
    words = list({"alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"})
    random.shuffle(words)
    return words
