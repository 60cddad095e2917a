# mistake: The best version that fits is taken for good. When a later package finds nothing, no decision is taken back.
# fails: one step back
def choose(versions, clashes):
    clashing = {frozenset(pair) for pair in clashes}
    chosen = []
    for package in versions:
        for version in package:
            if not any(frozenset((version, other)) in clashing for other in chosen):
                chosen.append(version)
                break
        else:
            return None
    return chosen
