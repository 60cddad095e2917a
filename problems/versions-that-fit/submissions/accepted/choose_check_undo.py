def choose(versions, clashes):
    clashing = {(a, b) for a, b in clashes} | {(b, a) for a, b in clashes}
    chosen = []

    def complete():
        """Choose the packages that are left. Says whether that was possible."""
        if len(chosen) == len(versions):
            return True
        for version in versions[len(chosen)]:
            if not any((version, other) in clashing for other in chosen):
                chosen.append(version)
                if complete():
                    return True
                chosen.pop()
        return False

    return chosen if complete() else None
