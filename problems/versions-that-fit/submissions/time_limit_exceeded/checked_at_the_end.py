# mistake: All combinations are made and each is tested when it is complete, so a wrong beginning is not given up.
# fails: 20 packages of six versions, the last one never fits
def choose(versions, clashes):
    clashing = {frozenset(pair) for pair in clashes}

    def complete(chosen):
        if len(chosen) == len(versions):
            for i in range(len(chosen)):
                for j in range(i):
                    if frozenset((chosen[i], chosen[j])) in clashing:
                        return None
            return chosen
        for version in versions[len(chosen)]:
            found = complete(chosen + [version])
            if found is not None:
                return found
        return None

    return complete([])
