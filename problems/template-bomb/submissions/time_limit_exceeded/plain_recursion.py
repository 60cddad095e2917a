# mistake: A template is worked out anew each time it is included: exponential.
# fails: 45 templates, each includes the next twice


def expanded_size(templates, start, limit):
    def size(name, path):
        if name in path:
            return None
        total = 0
        for part in templates[name]:
            if part.startswith("@"):
                inner = size(part[1:], path | {name})
                if inner is None:
                    return None
                total += inner
            else:
                total += len(part)
        return total

    total = size(start, set())
    return None if total is None or total > limit else total
