# mistake: The empty choice looks like a failure.
# fails: no packages
def choose(versions, clashes):
    clashing = {frozenset(pair) for pair in clashes}

    def complete(chosen):
        if len(chosen) == len(versions):
            return chosen
        for version in versions[len(chosen)]:
            if not any(frozenset((version, other)) in clashing for other in chosen):
                found = complete(chosen + [version])
                if found:
                    return found
        return None

    return complete([]) or None
