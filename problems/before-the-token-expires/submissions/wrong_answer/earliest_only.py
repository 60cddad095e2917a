# mistake: Only the earliest arrival at each service is followed. A later one with a fresher token may be the only one that gets through.
# fails: the earlier arrival expires later on
from heapq import heappop, heappush


def fastest(services, links, issuers, ttl_ms, renew_ms, start, target):
    leaving = [[] for _ in range(services)]
    for a, b, ms in links:
        leaving[a].append((b, ms))
    seen = set()
    arrivals = [(0, 0, start)]
    while arrivals:
        time, age, service = heappop(arrivals)
        if service == target:
            return time
        if (service, age == 0) in seen:
            continue
        seen.add((service, age == 0))
        if service in issuers and age:
            heappush(arrivals, (time + renew_ms, 0, service))
        for b, ms in leaving[service]:
            if age + ms <= ttl_ms:
                heappush(arrivals, (time + ms, age + ms, b))
    return None
