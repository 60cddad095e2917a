# mistake: The versions that are best in the sum of their places are chosen. The statement gives the first package the first say.
# fails: the first package decides
def choose(versions, clashes):
    clashing = {frozenset(pair) for pair in clashes}
    best = []

    def complete(chosen, places):
        if best and places >= best[0][0]:
            return
        if len(chosen) == len(versions):
            best[:] = [(places, chosen)]
            return
        for place, version in enumerate(versions[len(chosen)]):
            if not any(frozenset((version, other)) in clashing for other in chosen):
                complete(chosen + [version], places + place)

    complete([], 0)
    return best[0][1] if best else None
