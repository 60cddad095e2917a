# mistake: Services are marked as seen, so a file cannot come back scanned to a service where it was before.
# fails: start is target, and no scanner
from collections import defaultdict, deque


def fewest_hops(links, scanners, start, target):
    receivers = defaultdict(list)
    for sender, receiver in links:
        receivers[sender].append(receiver)
    seen = {start}
    waiting = deque([(start, start in scanners, 0)])
    while waiting:
        service, scanned, hops = waiting.popleft()
        if service == target and scanned:
            return hops
        for receiver in receivers[service]:
            if receiver not in seen:
                seen.add(receiver)
                waiting.append((receiver, scanned or receiver in scanners, hops + 1))
    return None
