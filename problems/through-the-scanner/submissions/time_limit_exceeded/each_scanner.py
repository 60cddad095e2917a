# mistake: The graph is searched anew for each scanner: O(s · (n + m)).
# fails: a row of 18,000 services, scanners at the far end
from collections import defaultdict, deque


def fewest_hops(links, scanners, start, target):
    receivers = defaultdict(list)
    for sender, receiver in links:
        receivers[sender].append(receiver)

    def hops(origin, goal):
        found = {origin: 0}
        waiting = deque([origin])
        while waiting:
            service = waiting.popleft()
            if service == goal:
                return found[service]
            for receiver in receivers[service]:
                if receiver not in found:
                    found[receiver] = found[service] + 1
                    waiting.append(receiver)
        return None

    best = None
    for scanner in scanners:
        there = hops(start, scanner)
        back = hops(scanner, target)
        if there is not None and back is not None and (best is None or there + back < best):
            best = there + back
    return best
