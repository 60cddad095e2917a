# mistake: A version is compared with the one before only.
# fails: one version each, the ends clash
def choose(versions, clashes):
    clashing = {frozenset(pair) for pair in clashes}

    def complete(chosen):
        if len(chosen) == len(versions):
            return chosen
        for version in versions[len(chosen)]:
            if not chosen or frozenset((version, chosen[-1])) not in clashing:
                found = complete(chosen + [version])
                if found is not None:
                    return found
        return None

    return complete([])
