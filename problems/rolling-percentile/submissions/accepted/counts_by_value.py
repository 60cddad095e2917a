from collections import deque

SIZE = 1 << 16


class Latencies:
    """A Fenwick tree over all possible latencies."""

    def __init__(self, window_s, percent):
        self.window_s = window_s
        self.percent = percent
        self.samples = deque()
        self.counts = [0] * (SIZE + 1)

    def record(self, now, ms):
        self.samples.append((now, ms))
        self._add(ms, 1)

    def percentile(self, now):
        while self.samples and self.samples[0][0] + self.window_s <= now:
            self._add(self.samples.popleft()[1], -1)
        if not self.samples:
            return None
        left = -(-self.percent * len(self.samples) // 100)
        place, step = 0, SIZE
        while step:
            if place + step <= SIZE and self.counts[place + step] < left:
                place += step
                left -= self.counts[place]
            step //= 2
        return place

    def _add(self, ms, change):
        place = ms + 1
        while place <= SIZE:
            self.counts[place] += change
            place += place & -place
