# mistake: A ticket from before the first shift gets the position -1, and that is the last shift.
# fails: created before everything
from bisect import bisect_left, bisect_right
from itertools import accumulate


def due(opens, closes, created, allowed_s):
    through = list(accumulate(end - start for start, end in zip(opens, closes)))
    answers = []
    for second, allowed in zip(created, allowed_s):
        i = bisect_right(opens, second) - 1
        used = through[i] - max(0, closes[i] - second) if through else 0
        target = used + allowed
        k = bisect_left(through, target)
        answers.append(closes[k] - (through[k] - target) if k < len(through) else None)
    return answers
