def hops(priorities):
    """Look at the nodes from the end. The stack holds those that can still stop a message from before them."""
    n = len(priorities)
    answer = [0] * n
    stops = []
    for i in range(2 * n - 1, -1, -1):
        own = priorities[i % n]
        if own == 0:
            continue
        while stops and priorities[stops[-1] % n] < own:
            stops.pop()
        if i < n:
            answer[i] = stops[-1] - i
        stops.append(i)
    return answer
