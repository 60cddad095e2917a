from collections import deque
from itertools import accumulate


def least_saving(step_s, save_s, max_lost_s):
    done = list(accumulate(step_s, initial=0))
    fees = save_s[:-1] + [0]
    candidates = deque([(0, 0)])  # places and what they cost; the cheapest first
    cost = 0
    for i in range(1, len(done)):
        while candidates and done[i] - done[candidates[0][0]] > max_lost_s:
            candidates.popleft()
        if not candidates:
            return None
        cost = candidates[0][1] + fees[i - 1]
        while candidates and candidates[-1][1] >= cost:
            candidates.pop()
        candidates.append((i, cost))
    return cost
