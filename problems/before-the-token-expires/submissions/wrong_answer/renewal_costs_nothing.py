# mistake: A renewal costs no time.
# fails: an issuer on the way, needed
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
            heappush(arrivals, (time, 0, service))
        for b, ms in leaving[service]:
            if age + ms <= ttl_ms:
                heappush(arrivals, (time + ms, age + ms, b))
    return None
