# mistake: Files go over the links in both directions.
# fails: start is target, and no scanner
from collections import defaultdict, deque


def fewest_hops(links, scanners, start, target):
    neighbours = defaultdict(list)
    for a, b in links:
        neighbours[a].append(b)
        neighbours[b].append(a)
    scanners = set(scanners)
    first = (start, start in scanners)
    seen = {first}
    waiting = deque([(first, 0)])
    while waiting:
        (service, scanned), hops = waiting.popleft()
        if service == target and scanned:
            return hops
        for b in neighbours[service]:
            state = (b, scanned or b in scanners)
            if state not in seen:
                seen.add(state)
                waiting.append((state, hops + 1))
    return None
