# mistake: The token is renewed at every issuer, also where it is good for the rest of the way.
# fails: an issuer on the way, not needed
from heapq import heappop, heappush


def fastest(services, links, issuers, ttl_ms, renew_ms, start, target):
    leaving = [[] for _ in range(services)]
    for a, b, ms in links:
        leaving[a].append((b, ms))
    freshest = [10**10] * services
    arrivals = [(0, 0, start)]
    while arrivals:
        time, age, service = heappop(arrivals)
        if service == target:
            return time
        if age >= freshest[service]:
            continue
        freshest[service] = age
        if age and service in issuers:
            time, age = time + renew_ms, 0
        for b, ms in leaving[service]:
            if age + ms <= ttl_ms:
                heappush(arrivals, (time + ms, age + ms, b))
    return None
