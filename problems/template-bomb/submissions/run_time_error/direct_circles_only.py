# mistake: Only a template that includes itself directly is found; a longer circle calls itself until Python stops.
# fails: a circle of three templates


def expanded_size(templates, start, limit):
    sizes = {}

    def size(name):
        if name not in sizes:
            total = 0
            for part in templates[name]:
                if part == "@" + name:
                    return None
                if part.startswith("@"):
                    inner = size(part[1:])
                    if inner is None:
                        return None
                    total += inner
                else:
                    total += len(part)
            sizes[name] = total
        return sizes[name]

    total = size(start)
    return None if total is None or total > limit else total
