# mistake: A scanner is noticed on arrival only, so a scanner at the start is missed.
# fails: the start is a scanner
from collections import defaultdict, deque


def fewest_hops(links, scanners, start, target):
    receivers = defaultdict(list)
    for sender, receiver in links:
        receivers[sender].append(receiver)
    scanners = set(scanners)
    first = (start, False)
    seen = {first}
    waiting = deque([(first, 0)])
    while waiting:
        (service, scanned), hops = waiting.popleft()
        if service == target and scanned:
            return hops
        for b in receivers[service]:
            state = (b, scanned or b in scanners)
            if state not in seen:
                seen.add(state)
                waiting.append((state, hops + 1))
    return None
