# mistake: A text that holds an at sign somewhere is treated as an include. Only a part that begins with one is.
# fails: an at sign within a text


def expanded_size(templates, start, limit):
    sizes = {}
    path = set()

    def size(name):
        if name in sizes:
            return sizes[name]
        if name in path:
            return None
        path.add(name)
        total = 0
        for part in templates[name]:
            if "@" in part:
                inner = size(part.split("@")[1])
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
