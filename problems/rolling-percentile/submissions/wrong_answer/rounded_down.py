# mistake: The rank is rounded down, so fewer than the wanted share are at or below the answer.
# fails: the share is rounded up
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
        rank = max(min(1, len(self.ordered)), self.percent * len(self.ordered) // 100)
        return self.ordered[rank - 1] if rank else None

    def _forget(self, now):
        while self.samples and now - self.samples[0][0] >= self.window_s:
            del self.ordered[bisect_left(self.ordered, self.samples.popleft()[1])]
