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
    low, high = 1, len(arrivals)
    while low < high:
        middle = (low + high) // 2
        if enough(middle):
            high = middle
        else:
            low = middle + 1
    return low
