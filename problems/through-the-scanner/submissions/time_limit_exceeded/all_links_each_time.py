# mistake: All the links are looked through for each service that is met: O(n · m).
# fails: a row of 18,000 services, one scanner at the far end
from collections import deque


def fewest_hops(links, scanners, start, target):
    scanners = set(scanners)
    first = (start, start in scanners)
    seen = {first}
    waiting = deque([(first, 0)])
    while waiting:
        (service, scanned), hops = waiting.popleft()
        if service == target and scanned:
            return hops
        for a, b in links:
            if a == service:
                state = (b, scanned or b in scanners)
                if state not in seen:
                    seen.add(state)
                    waiting.append((state, hops + 1))
    return None
