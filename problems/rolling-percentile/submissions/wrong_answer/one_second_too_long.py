# mistake: A sample is kept one second too long. The statement says "until, but not including".
# fails: one sample
from bisect import bisect_left, insort
from collections import deque


class Latencies:
    def __init__(self, window_s, percent):
        self.window_s = window_s
        self.percent = percent
        self.samples = deque()
        self.ordered = []

    def record(self, now, ms):
        self._forget(now)
        self.samples.append((now, ms))
        insort(self.ordered, ms)

    def percentile(self, now):
        self._forget(now)
        rank = (self.percent * len(self.ordered) + 99) // 100
        return self.ordered[rank - 1] if rank else None

    def _forget(self, now):
        while self.samples and now - self.samples[0][0] > self.window_s:
            del self.ordered[bisect_left(self.ordered, self.samples.popleft()[1])]
