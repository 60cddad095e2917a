from bisect import bisect_left
from heapq import heappop, heappush


def late_jobs(arrivals, work_s, max_wait_s, workers):
    ends = []  # of the jobs that may still run
    late = 0
    for arrival, work in zip(arrivals, work_s):
        while ends and ends[0] <= arrival:
            heappop(ends)
        start = heappop(ends) if len(ends) == workers else arrival
        late += start > arrival + max_wait_s
        heappush(ends, start + work)
    return late


def workers_needed(arrivals, work_s, max_wait_s, late_allowed):
    if not arrivals:
        return 0
    sizes = range(1, len(arrivals) + 1)
    good = bisect_left(sizes, True, key=lambda workers: late_jobs(arrivals, work_s, max_wait_s, workers) <= late_allowed)
    return sizes[good]
