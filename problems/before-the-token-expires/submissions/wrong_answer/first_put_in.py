# mistake: The answer is taken when the target is put into the heap. A better arrival may come later; only what comes out is final.
# fails: a long link is known first
from heapq import heappop, heappush


def fastest(services, links, issuers, ttl_ms, renew_ms, start, target):
    if start == target:
        return 0
    leaving = [[] for _ in range(services)]
    for a, b, ms in links:
        leaving[a].append((b, ms))
    freshest = [ttl_ms + 1] * services
    arrivals = [(0, 0, start)]
    while arrivals:
        time, age, service = heappop(arrivals)
        if age >= freshest[service]:
            continue
        freshest[service] = age
        if age and service in issuers:
            heappush(arrivals, (time + renew_ms, 0, service))
        for b, ms in leaving[service]:
            if age + ms <= ttl_ms:
                if b == target:
                    return time + ms
                heappush(arrivals, (time + ms, age + ms, b))
    return None
