# mistake: Every template that is met a second time is taken for a circle, also when it is only shared.
# fails: two templates share a third


def expanded_size(templates, start, limit):
    seen = set()

    def size(name):
        if name in seen:
            return None
        seen.add(name)
        total = 0
        for part in templates[name]:
            if part.startswith("@"):
                inner = size(part[1:])
                if inner is None:
                    return None
                total += inner
            else:
                total += len(part)
        return total

    total = size(start)
    if total is None or total > limit:
        return None
    return total
