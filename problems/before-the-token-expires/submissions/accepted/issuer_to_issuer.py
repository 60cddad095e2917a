from heapq import heappop, heappush


def fastest(services, links, issuers, ttl_ms, renew_ms, start, target):
    leaving = {}
    for a, b, ms in links:
        leaving.setdefault(a, []).append((b, ms))

    # A graph of the places where a token can begin, and the target.
    ways = {}
    for place in {start, *issuers}:
        reached = distances(leaving, place, ttl_ms)
        fee = 0 if place == start else renew_ms
        ways[place] = [(goal, fee + reached[goal]) for goal in {target, *issuers} if goal in reached]
    return distances(ways, start).get(target)


def distances(leaving, origin, most=float("inf")):
    """The shortest distance from origin to each place that is not farther than `most`."""
    final = {}
    waiting = [(0, origin)]
    while waiting:
        distance, place = heappop(waiting)
        if place in final:
            continue
        final[place] = distance
        for b, length in leaving.get(place, ()):
            if b not in final and distance + length <= most:
                heappush(waiting, (distance + length, b))
    return final
