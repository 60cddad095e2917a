# mistake: The part of the shift that was over when the ticket was created counts as well.
# fails: one ticket within one shift
from bisect import bisect_left, bisect_right
from itertools import accumulate


def due(opens, closes, created, allowed_s):
    through = list(accumulate(end - start for start, end in zip(opens, closes)))
    answers = []
    for second, allowed in zip(created, allowed_s):
        i = bisect_right(opens, second) - 1
        used = through[i - 1] if i > 0 else 0
        if i >= 0 and second >= closes[i]:
            used = through[i]
        target = used + allowed
        k = bisect_left(through, target)
        answers.append(closes[k] - (through[k] - target) if k < len(through) else None)
    return answers
