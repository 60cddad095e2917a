# mistake: Cancelled names are collected in a set. When such a name is set again, its old entry counts again.
# fails: cancelled and set to another time
from heapq import heappop, heappush


class Reminders:
    def __init__(self):
        self.heap = []
        self.time = {}
        self.cancelled = set()
        self.number = 0

    def set(self, reminder, at):
        moved = reminder in self.time
        if moved:
            self.heap = [entry for entry in self.heap if entry[2] != reminder]
            self.heap.sort()
        self.cancelled.discard(reminder)
        self.time[reminder] = at
        self.number += 1
        heappush(self.heap, (at, self.number, reminder))
        return moved

    def cancel(self, reminder):
        if reminder not in self.time:
            return False
        del self.time[reminder]
        self.cancelled.add(reminder)
        return True

    def take(self, now):
        at = self.next_at()
        if at is None or at > now:
            return None
        reminder = heappop(self.heap)[2]
        self.time.pop(reminder, None)
        return reminder

    def next_at(self):
        while self.heap and self.heap[0][2] in self.cancelled:
            heappop(self.heap)
        return self.heap[0][0] if self.heap else None
