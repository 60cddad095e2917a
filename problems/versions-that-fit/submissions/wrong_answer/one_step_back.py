# mistake: Only the package directly before is chosen anew. The decision that was wrong may lie further up.
# fails: two steps back
def choose(versions, clashes):
    clashing = {frozenset(pair) for pair in clashes}

    def fits(version, chosen):
        return not any(frozenset((version, other)) in clashing for other in chosen)

    chosen = []
    for i, package in enumerate(versions):
        fitting = [version for version in package if fits(version, chosen)]
        if fitting:
            chosen.append(fitting[0])
            continue
        if not chosen:
            return None
        before = chosen[:-1]
        for again in versions[i - 1]:
            if fits(again, before):
                fitting = [version for version in package if fits(version, before + [again])]
                if fitting:
                    chosen = before + [again, fitting[0]]
                    break
        else:
            return None
    return chosen
