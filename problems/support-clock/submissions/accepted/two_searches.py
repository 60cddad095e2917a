from bisect import bisect_left, bisect_right
from itertools import accumulate


def due(opens, closes, created, allowed_s):
    through = list(accumulate(end - start for start, end in zip(opens, closes)))

    def clock(second):
        """Open seconds before this one."""
        i = bisect_right(opens, second) - 1
        return through[i] - max(0, closes[i] - second) if i >= 0 else 0

    answers = []
    for second, allowed in zip(created, allowed_s):
        target = clock(second) + allowed
        k = bisect_left(through, target)
        answers.append(closes[k] - (through[k] - target) if k < len(through) else None)
    return answers
