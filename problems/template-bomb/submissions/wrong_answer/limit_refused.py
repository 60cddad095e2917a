# mistake: A size of exactly the limit is refused. The statement says "more than".
# fails: exactly the limit


def expanded_size(templates, start, limit):
    sizes = {}
    path = set()

    def size(name):
        if name in sizes:
            return sizes[name]
        if name in path:
            return float("inf")
        path.add(name)
        total = 0
        for part in templates[name]:
            total += size(part[1:]) if part.startswith("@") else len(part)
        path.discard(name)
        sizes[name] = total
        return total

    total = size(start)
    return total if total < limit else None
