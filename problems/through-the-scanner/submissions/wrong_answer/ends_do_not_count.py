# mistake: Only a scanner between start and target is accepted. The statement says that both are on the way.
# fails: the start is a scanner
from collections import defaultdict, deque


def fewest_hops(links, scanners, start, target):
    receivers = defaultdict(list)
    for sender, receiver in links:
        receivers[sender].append(receiver)
    scanners = set(scanners) - {start, target}
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
