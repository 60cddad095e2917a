# mistake: Only ways with at most one renewal are tried.
# fails: two renewals in a row
from heapq import heappop, heappush


def fastest(services, links, issuers, ttl_ms, renew_ms, start, target):
    leaving = [[] for _ in range(services)]
    for a, b, ms in links:
        leaving[a].append((b, ms))

    def reach(origin):
        found = {}
        heap = [(0, origin)]
        while heap:
            d, service = heappop(heap)
            if service in found:
                continue
            found[service] = d
            for b, ms in leaving[service]:
                if d + ms <= ttl_ms:
                    heappush(heap, (d + ms, b))
        return found

    first = reach(start)
    times = [first[target]] if target in first else []
    for issuer in issuers:
        if issuer in first:
            second = reach(issuer)
            if target in second:
                times.append(first[issuer] + renew_ms + second[target])
    return min(times) if times else None
