# mistake: All combinations are made and each is tested when it is complete, so a wrong beginning is not given up.
# fails: 20 packages of six versions, the last one never fits
from itertools import combinations, product


def choose(versions, clashes):
    clashing = {(a, b) for a, b in clashes} | {(b, a) for a, b in clashes}
    for choice in product(*versions):
        if not any(pair in clashing for pair in combinations(choice, 2)):
            return list(choice)
    return None
