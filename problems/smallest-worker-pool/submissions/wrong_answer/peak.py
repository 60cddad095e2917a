# mistake: The largest number of jobs that overlap is returned. That is right only if no job may wait or be late.
# fails: all jobs may be late
from heapq import heappop, heappush


def workers_needed(arrivals, work_s, max_wait_s, late_allowed):
    ends = []
    peak = 0
    for arrival, work in zip(arrivals, work_s):
        while ends and ends[0] <= arrival:
            heappop(ends)
        heappush(ends, arrival + work)
        peak = max(peak, len(ends))
    return peak
