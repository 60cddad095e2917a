def first_with(n, holds):
    """The first position below n for which `holds`, or n. From there on it must hold for all."""
    low, high = 0, n
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def due(opens, closes, created, allowed_s):
    n = len(opens)
    before = [0]
    for start, end in zip(opens, closes):
        before.append(before[-1] + end - start)

    answers = []
    for second, allowed in zip(created, allowed_s):
        here = first_with(n, lambda i: closes[i] > second)
        used = before[here]
        if here < n and opens[here] < second:
            used += second - opens[here]
        target = used + allowed
        last = first_with(n, lambda i: before[i + 1] >= target)
        answers.append(None if last == n else opens[last] + target - before[last])
    return answers
