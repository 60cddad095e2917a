# mistake: Zero hops look like no answer.
# fails: start and target are one scanner
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
        for b in receivers[state[0]]:
            following = (b, state[1] or b in scanners)
            if following not in hops:
                hops[following] = hops[state] + 1
                waiting.append(following)
    return hops.get((target, True)) or None
