# mistake: A remembered size of 0 looks like "not known yet", so empty templates are worked out again and again.
# fails: 45 templates, each includes the next twice, no text


def expanded_size(templates, start, limit):
    sizes = {}
    path = set()

    def size(name):
        if sizes.get(name):
            return sizes[name]
        if name in path:
            return None
        path.add(name)
        total = 0
        for part in templates[name]:
            if part.startswith("@"):
                inner = size(part[1:])
                if inner is None:
                    return None
                total += inner
            else:
                total += len(part)
        path.remove(name)
        sizes[name] = total
        return total

    total = size(start)
    return None if total is None or total > limit else total
