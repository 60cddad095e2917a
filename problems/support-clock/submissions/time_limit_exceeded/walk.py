# mistake: Each ticket walks from shift to shift until its time is used up: O(n · q).
# fails: 100,000 shifts, tickets with much time
from bisect import bisect_right


def due(opens, closes, created, allowed_s):
    answers = []
    for second, allowed in zip(created, allowed_s):
        i = max(0, bisect_right(opens, second) - 1)
        answer = None
        while i < len(opens):
            start = max(opens[i], second)
            here = max(0, closes[i] - start)
            if here >= allowed:
                answer = start + allowed
                break
            allowed -= here
            i += 1
        answers.append(answer)
    return answers
