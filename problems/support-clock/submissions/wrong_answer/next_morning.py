# mistake: If the time is used up just when a shift ends, the ticket is due at the next opening. It is due at that end.
# fails: created in the last second of a shift
from bisect import bisect_right
from itertools import accumulate


def due(opens, closes, created, allowed_s):
    through = list(accumulate(end - start for start, end in zip(opens, closes)))
    answers = []
    for second, allowed in zip(created, allowed_s):
        i = bisect_right(opens, second) - 1
        used = through[i] - max(0, closes[i] - second) if i >= 0 else 0
        target = used + allowed
        k = bisect_right(through, target)
        if k < len(through):
            answers.append(closes[k] - (through[k] - target))
        else:
            answers.append(closes[-1] if through and through[-1] == target else None)
    return answers
