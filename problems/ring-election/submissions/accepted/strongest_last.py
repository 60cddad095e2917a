def hops(priorities):
    n = len(priorities)
    if not any(priorities):
        return [0] * n
    begin = priorities.index(max(priorities)) + 1
    order = [*range(begin, n), *range(begin)]
    answer = [0] * n
    waiting = []
    for place, node in enumerate(order):
        priority = priorities[node]
        while waiting and waiting[-1][0] <= priority:
            _, sent, sender = waiting.pop()
            answer[sender] = place - sent
        if priority:
            waiting.append((priority, place, node))
    [(highest, _, last)] = waiting
    first = next(place for place, node in enumerate(order) if priorities[node] == highest)
    answer[last] = first + 1
    return answer
