def due(opens, closes, created, allowed_s):
    n = len(opens)
    starts = []
    i = used = 0
    for second, j in sorted(zip(created, range(len(created)))):
        while i < n and closes[i] <= second:
            used += closes[i] - opens[i]
            i += 1
        inside = max(0, second - opens[i]) if i < n else 0
        starts.append((used + inside + allowed_s[j], j))

    answers = [None] * len(created)
    i = used = 0
    for target, j in sorted(starts):
        while i < n and used + closes[i] - opens[i] < target:
            used += closes[i] - opens[i]
            i += 1
        if i < n:
            answers[j] = opens[i] + target - used
    return answers
