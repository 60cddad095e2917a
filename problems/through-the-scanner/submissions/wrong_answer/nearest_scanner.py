# mistake: The file goes to the nearest scanner and from there to the target. A farther scanner may be on a shorter way.
# fails: the nearest scanner is a detour
from collections import defaultdict, deque


def fewest_hops(links, scanners, start, target):
    receivers = defaultdict(list)
    for sender, receiver in links:
        receivers[sender].append(receiver)

    def search(origin, goals):
        found = {origin: 0}
        waiting = deque([origin])
        while waiting:
            service = waiting.popleft()
            if service in goals:
                return service, found[service]
            for receiver in receivers[service]:
                if receiver not in found:
                    found[receiver] = found[service] + 1
                    waiting.append(receiver)
        return None

    first = search(start, set(scanners))
    if first is None:
        return None
    second = search(first[0], {target})
    if second is None:
        return None
    return first[1] + second[1]
