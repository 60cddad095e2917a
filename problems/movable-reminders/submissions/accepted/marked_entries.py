import heapq


class Reminders:
    """An entry is [at, number, name]; the name of one that counts no more is None."""

    def __init__(self):
        self.entries = {}
        self.heap = []
        self.sets = 0

    def set(self, reminder, at):
        moved = self.cancel(reminder)
        self.sets += 1
        entry = [at, self.sets, reminder]
        self.entries[reminder] = entry
        heapq.heappush(self.heap, entry)
        return moved

    def cancel(self, reminder):
        if reminder not in self.entries:
            return False
        self.entries.pop(reminder)[2] = None
        return True

    def take(self, now):
        first = self._first()
        if first is None or first[0] > now:
            return None
        heapq.heappop(self.heap)
        del self.entries[first[2]]
        return first[2]

    def next_at(self):
        first = self._first()
        return None if first is None else first[0]

    def _first(self):
        while self.heap:
            if self.heap[0][2] is not None:
                return self.heap[0]
            heapq.heappop(self.heap)
        return None
