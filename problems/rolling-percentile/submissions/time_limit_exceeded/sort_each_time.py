# mistake: All samples of the window are sorted for each question: O(n log n) per call.
# fails: 20,000 samples, asked after each new one
from collections import deque


class Latencies:
    def __init__(self, window_s, percent):
        self.window_s = window_s
        self.percent = percent
        self.samples = deque()

    def record(self, now, ms):
        self.samples.append((now, ms))

    def percentile(self, now):
        while self.samples and self.samples[0][0] + self.window_s <= now:
            self.samples.popleft()
        if not self.samples:
            return None
        ordered = sorted(ms for _, ms in self.samples)
        return ordered[(self.percent * len(ordered) + 99) // 100 - 1]
