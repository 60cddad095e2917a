from collections import deque
from heapq import heappop, heappush

LOW, HIGH, GONE = 0, 1, 2


class Latencies:
    def __init__(self, window_s, percent):
        self.window_s = window_s
        self.percent = percent
        self.times = deque()  # (second, number), oldest first
        self.parts = []  # of each number
        self.sizes = [0, 0, 0]
        self.heaps = ([], [])  # entries of `low` have their signs turned

    def record(self, now, ms):
        self._expire(now)
        number = len(self.parts)
        self.times.append((now, number))
        self.parts.append(GONE)
        top = self._top(LOW)
        self._put(LOW if top and (ms, number) < top else HIGH, (ms, number))
        self._balance()

    def percentile(self, now):
        self._expire(now)
        top = self._top(LOW)
        return top[0] if top else None

    def _expire(self, now):
        while self.times and self.times[0][0] + self.window_s <= now:
            number = self.times.popleft()[1]
            self.sizes[self.parts[number]] -= 1
            self.parts[number] = GONE
            self._balance()

    def _balance(self):
        rank = (self.percent * len(self.times) + 99) // 100
        while self.sizes[LOW] < rank:
            self._move(HIGH, LOW)
        while self.sizes[LOW] > rank:
            self._move(LOW, HIGH)

    def _move(self, part, other):
        entry = self._top(part)
        heappop(self.heaps[part])
        self.sizes[part] -= 1
        self._put(other, entry)

    def _put(self, part, entry):
        ms, number = entry
        self.parts[number] = part
        self.sizes[part] += 1
        heappush(self.heaps[part], (-ms, -number) if part == LOW else entry)

    def _top(self, part):
        heap = self.heaps[part]
        while heap and self.parts[abs(heap[0][1])] == GONE:
            heappop(heap)
        if not heap:
            return None
        return (-heap[0][0], -heap[0][1]) if part == LOW else heap[0]
