# mistake: A way ends when it meets the target, also if the file was not scanned yet. It may go on and come back.
# fails: start is target, and no scanner
from collections import defaultdict, deque


def fewest_hops(links, scanners, start, target):
    receivers = defaultdict(list)
    for sender, receiver in links:
        receivers[sender].append(receiver)
    scanners = set(scanners)
    first = (start, start in scanners)
    seen = {first}
    waiting = deque([(first, 0)])
    while waiting:
        (service, scanned), hops = waiting.popleft()
        if service == target:
            if scanned:
                return hops
            continue
        for b in receivers[service]:
            state = (b, scanned or b in scanners)
            if state not in seen:
                seen.add(state)
                waiting.append((state, hops + 1))
    return None
