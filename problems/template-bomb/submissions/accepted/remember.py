def expanded_size(templates, start, limit):
    sizes = {}
    being_expanded = set()

    def size(name):
        """The size of a template, or None if it never ends."""
        if name in sizes:
            return sizes[name]
        if name in being_expanded:
            return None
        being_expanded.add(name)
        total = 0
        for part in templates[name]:
            if part.startswith("@"):
                included = size(part[1:])
                if included is None:
                    return None
                total += included
            else:
                total += len(part)
        being_expanded.remove(name)
        sizes[name] = total
        return total

    total = size(start)
    return None if total is None or total > limit else total
