# mistake: A list has one entry for each second of the plan. There can be a thousand million.
# fails: the largest seconds
def due(opens, closes, created, allowed_s):
    if not opens:
        return [None] * len(created)
    clock = [0] * (closes[-1] + 1)
    for start, end in zip(opens, closes):
        for second in range(start, end):
            clock[second + 1] = 1
    for second in range(closes[-1]):
        clock[second + 1] += clock[second]
    first = {}
    for second, shown in enumerate(clock):
        first.setdefault(shown, second)
    return [first.get(clock[min(second, closes[-1])] + allowed) for second, allowed in zip(created, allowed_s)]
