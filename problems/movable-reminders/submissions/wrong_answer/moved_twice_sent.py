# mistake: A reminder that moves keeps its old entry, so it is sent at both times.
# fails: moved to a later time
from heapq import heappop, heappush


class Reminders:
    def __init__(self):
        self.heap = []
        self.waiting = set()
        self.number = 0

    def set(self, reminder, at):
        moved = reminder in self.waiting
        self.waiting.add(reminder)
        self.number += 1
        heappush(self.heap, (at, self.number, reminder))
        return moved

    def cancel(self, reminder):
        if reminder not in self.waiting:
            return False
        self.waiting.remove(reminder)
        return True

    def take(self, now):
        at = self.next_at()
        if at is None or at > now:
            return None
        reminder = heappop(self.heap)[2]
        self.waiting.remove(reminder)
        return reminder

    def next_at(self):
        while self.heap and self.heap[0][2] not in self.waiting:
            heappop(self.heap)
        return self.heap[0][0] if self.heap else None
