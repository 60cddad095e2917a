# mistake: What was chosen is not cleared on the way back, so new versions are compared with some that are no longer chosen.
# fails: a version that is no longer chosen
def choose(versions, clashes):
    clashing = {frozenset(pair) for pair in clashes}
    chosen = [None] * len(versions)

    def complete(i):
        if i == len(versions):
            return True
        for version in versions[i]:
            if not any(frozenset((version, other)) in clashing for other in chosen):
                chosen[i] = version
                if complete(i + 1):
                    return True
        return False

    return chosen if complete(0) else None
