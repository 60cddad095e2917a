# mistake: All templates are checked for circles, also those that the start does not need.
# fails: a circle that the start does not need


def expanded_size(templates, start, limit):
    sizes = {}
    path = set()

    def size(name):
        if name in sizes:
            return sizes[name]
        if name in path:
            raise ValueError("circle")
        path.add(name)
        total = 0
        for part in templates[name]:
            if part[:1] == "@":
                total += size(part[1:])
            else:
                total += len(part)
        path.remove(name)
        sizes[name] = total
        return total

    try:
        for name in templates:
            size(name)
    except ValueError:
        return None
    return sizes[start] if sizes[start] <= limit else None
