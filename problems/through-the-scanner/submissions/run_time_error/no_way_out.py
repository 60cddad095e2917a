# mistake: A service that sends to nobody is not in the dictionary of neighbours.
# fails: no links
from collections import deque


def fewest_hops(links, scanners, start, target):
    receivers = {}
    for sender, receiver in links:
        receivers.setdefault(sender, []).append(receiver)
    scanners = set(scanners)
    first = (start, start in scanners)
    hops = {first: 0}
    waiting = deque([first])
    while waiting:
        state = waiting.popleft()
        if state == (target, True):
            return hops[state]
        for b in receivers[state[0]]:
            following = (b, state[1] or b in scanners)
            if following not in hops:
                hops[following] = hops[state] + 1
                waiting.append(following)
    return None
