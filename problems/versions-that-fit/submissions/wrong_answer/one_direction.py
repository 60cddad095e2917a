# mistake: A clash is found only if its pair stands in the order of the packages.
# fails: a pair the other way round
def choose(versions, clashes):
    clashing = {(a, b) for a, b in clashes}

    def complete(chosen):
        if len(chosen) == len(versions):
            return chosen
        for version in versions[len(chosen)]:
            if not any((other, version) in clashing for other in chosen):
                found = complete(chosen + [version])
                if found is not None:
                    return found
        return None

    return complete([])
