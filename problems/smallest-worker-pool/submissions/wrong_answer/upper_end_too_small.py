# mistake: The search ends at one worker fewer than there are jobs. If all come at once and nobody may wait, each needs its own.
# fails: all jobs at once and nobody may wait
from heapq import heapreplace


def workers_needed(arrivals, work_s, max_wait_s, late_allowed):
    def enough(workers):
        free = [0] * workers
        late = 0
        for arrival, work in zip(arrivals, work_s):
            start = max(free[0], arrival)
            if start - arrival > max_wait_s:
                late += 1
                if late > late_allowed:
                    return False
            heapreplace(free, start + work)
        return True

    if not arrivals:
        return 0
    low, high = 1, max(1, len(arrivals) - 1)
    while low < high:
        middle = (low + high) // 2
        if enough(middle):
            high = middle
        else:
            low = middle + 1
    return low
