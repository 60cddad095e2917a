# mistake: An entry counts if it has the reminder's time. Set to that time again, the old entry counts, in its old place.
# fails: set to the time that it has
from heapq import heappop, heappush
from itertools import count


class Reminders:
    def __init__(self):
        self.heap = []
        self.valid = {}
        self.numbers = count()

    def set(self, reminder, at):
        moved = reminder in self.valid
        number = next(self.numbers)
        self.valid[reminder] = at
        heappush(self.heap, (at, number, reminder))
        return moved

    def cancel(self, reminder):
        return self.valid.pop(reminder, None) is not None

    def take(self, now):
        at = self.next_at()
        if at is None or at > now:
            return None
        reminder = heappop(self.heap)[2]
        del self.valid[reminder]
        return reminder

    def next_at(self):
        while self.heap and self.valid.get(self.heap[0][2]) != self.heap[0][0]:
            heappop(self.heap)
        return self.heap[0][0] if self.heap else None
