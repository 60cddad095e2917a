def choose(versions, clashes):
    """The stack holds, for each chosen package, what is left to try."""
    enemies = {}
    for a, b in clashes:
        enemies.setdefault(a, set()).add(b)
        enemies.setdefault(b, set()).add(a)
    if not versions:
        return []
    chosen = []
    left = [iter(versions[0])]
    while left:
        for version in left[-1]:
            if enemies.get(version, set()).isdisjoint(chosen):
                chosen.append(version)
                break
        else:
            left.pop()
            if chosen:
                chosen.pop()
            continue
        if len(chosen) == len(versions):
            return chosen
        left.append(iter(versions[len(chosen)]))
    return None
