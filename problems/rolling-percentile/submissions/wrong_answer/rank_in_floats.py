# mistake: The rank is worked out with floating point. 7 / 100 * 100 is a little more than 7, and is rounded up to 8.
# fails: 7 per cent of 100 samples
from bisect import bisect_left, insort
from collections import deque
from math import ceil


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
        rank = ceil(self.percent / 100 * len(self.ordered))
        return self.ordered[rank - 1] if rank else None

    def _forget(self, now):
        while self.samples and now - self.samples[0][0] >= self.window_s:
            del self.ordered[bisect_left(self.ordered, self.samples.popleft()[1])]
