# mistake: A value between two samples is made up. The percentile is always one of the recorded values.
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
        place = self.percent * (len(self.ordered) - 1) // 100
        if not self.ordered:
            return None
        following = min(place + 1, len(self.ordered) - 1)
        part = self.percent * (len(self.ordered) - 1) % 100
        return round(self.ordered[place] + (self.ordered[following] - self.ordered[place]) * part / 100)

    def _forget(self, now):
        while self.samples and now - self.samples[0][0] >= self.window_s:
            del self.ordered[bisect_left(self.ordered, self.samples.popleft()[1])]
