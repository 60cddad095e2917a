def fewest_hops(links, scanners, start, target):
    there = distances(links, start)
    back = distances([(b, a) for a, b in links], target)
    return min((there[s] + back[s] for s in scanners if s in there and s in back), default=None)


def distances(links, origin):
    """The fewest hops from origin to each service that it reaches."""
    neighbours = {}
    for a, b in links:
        neighbours.setdefault(a, []).append(b)
    hops = {origin: 0}
    level = [origin]
    while level:
        reached = []
        for service in level:
            for neighbour in neighbours.get(service, ()):
                if neighbour not in hops:
                    hops[neighbour] = hops[service] + 1
                    reached.append(neighbour)
        level = reached
    return hops
