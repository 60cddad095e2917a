# mistake: A worker is added whenever a job would be late. Had it been there from the morning on, the queue would be shorter.
# fails: a queue that another worker would have worked off
from heapq import heappop, heappush


def workers_needed(arrivals, work_s, max_wait_s, late_allowed):
    if not arrivals:
        return 0
    free = [0]
    workers = 1
    late = 0
    for arrival, work in zip(arrivals, work_s):
        start = max(free[0], arrival)
        if start - arrival > max_wait_s:
            late += 1
            if late > late_allowed:
                late -= 1
                workers += 1
                heappush(free, arrival + work)
                continue
        heappop(free)
        heappush(free, start + work)
    return workers
