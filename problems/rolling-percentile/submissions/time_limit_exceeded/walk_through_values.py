# mistake: Each question adds up the counts of all values from 0 on: O(values) per call.
# fails: latencies rise for hours
from collections import deque


class Latencies:
    def __init__(self, window_s, percent):
        self.window_s = window_s
        self.percent = percent
        self.samples = deque()
        self.counts = [0] * 60_001

    def record(self, now, ms):
        self.samples.append((now, ms))
        self.counts[ms] += 1

    def percentile(self, now):
        while self.samples and self.samples[0][0] + self.window_s <= now:
            self.counts[self.samples.popleft()[1]] -= 1
        if not self.samples:
            return None
        left = (self.percent * len(self.samples) + 99) // 100
        for ms, count in enumerate(self.counts):
            left -= count
            if left <= 0:
                return ms
