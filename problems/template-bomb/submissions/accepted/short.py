class Refused(Exception):
    pass


def expanded_size(templates, start, limit):
    sizes = {}

    def size(part):
        if not part.startswith("@"):
            return len(part)
        name = part[1:]
        if name not in sizes:
            sizes[name] = None
            sizes[name] = sum(size(inner) for inner in templates[name])
            if sizes[name] > limit:
                raise Refused
        if sizes[name] is None:
            raise Refused
        return sizes[name]

    try:
        return size("@" + start)
    except Refused:
        return None
