from collections import defaultdict, deque


def fewest_hops(links, scanners, start, target):
    receivers = defaultdict(list)
    for sender, receiver in links:
        receivers[sender].append(receiver)
    scanners = set(scanners)

    first = (start, start in scanners)
    hops = {first: 0}
    waiting = deque([first])
    while waiting:
        state = waiting.popleft()
        service, scanned = state
        if scanned and service == target:
            return hops[state]
        for receiver in receivers[service]:
            following = (receiver, scanned or receiver in scanners)
            if following not in hops:
                hops[following] = hops[state] + 1
                waiting.append(following)
    return None
