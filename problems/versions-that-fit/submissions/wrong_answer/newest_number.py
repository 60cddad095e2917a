# mistake: Versions are sorted by their names. The best one is the one that stands first.
# fails: the best version has the smaller number
def choose(versions, clashes):
    clashing = {frozenset(pair) for pair in clashes}

    def complete(chosen):
        if len(chosen) == len(versions):
            return chosen
        for version in sorted(versions[len(chosen)], reverse=True):
            if not any(frozenset((version, other)) in clashing for other in chosen):
                found = complete(chosen + [version])
                if found is not None:
                    return found
        return None

    return complete([])
