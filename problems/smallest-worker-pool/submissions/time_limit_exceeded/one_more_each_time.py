# mistake: The pools are tried one by one, or all workers are looked through for each job: O(n²) steps and more.
# fails: 20,000 jobs, half of them at once
from heapq import heapreplace


def workers_needed(arrivals, work_s, max_wait_s, late_allowed):
    if not arrivals:
        return 0
    workers = 1
    while True:
        free = [0] * workers
        late = 0
        for arrival, work in zip(arrivals, work_s):
            start = max(free[0], arrival)
            late += start - arrival > max_wait_s
            heapreplace(free, start + work)
        if late <= late_allowed:
            return workers
        workers += 1
