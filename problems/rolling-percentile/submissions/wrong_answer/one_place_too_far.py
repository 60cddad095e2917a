# mistake: The share of n is taken as a position that begins at 0. When it comes out even, this is one place too far.
# fails: the share comes out even
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
        place = min(len(self.ordered) - 1, self.percent * len(self.ordered) // 100)
        return self.ordered[place] if self.ordered else None

    def _forget(self, now):
        while self.samples and now - self.samples[0][0] >= self.window_s:
            del self.ordered[bisect_left(self.ordered, self.samples.popleft()[1])]
