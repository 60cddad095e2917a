# mistake: The pools are tried one by one, or all workers are looked through for each job: O(n²) steps and more.
# fails: 20,000 jobs, half of them at once
def workers_needed(arrivals, work_s, max_wait_s, late_allowed):
    def enough(workers):
        free = [0] * workers
        late = 0
        for arrival, work in zip(arrivals, work_s):
            first = min(free)
            worker = free.index(first)
            start = max(first, arrival)
            late += start - arrival > max_wait_s
            free[worker] = start + work
        return late <= late_allowed

    low, high = 0, len(arrivals)
    while low < high:
        middle = (low + high) // 2
        if middle > 0 and enough(middle):
            high = middle
        else:
            low = middle + 1
    return low
