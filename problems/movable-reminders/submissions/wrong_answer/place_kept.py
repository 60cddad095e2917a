# mistake: A reminder that is set to the time that it has keeps its place. It has to stand behind the others of that time.
# fails: set to the time that it has
from heapq import heappop, heappush


class Reminders:
    def __init__(self):
        self.heap = []
        self.valid = {}
        self.number = 0

    def set(self, reminder, at):
        moved = reminder in self.valid
        if moved and self.valid[reminder][0] == at:
            return True
        self.number += 1
        self.valid[reminder] = (at, self.number)
        heappush(self.heap, (at, self.number, reminder))
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
        while self.heap and self.valid.get(self.heap[0][2]) != self.heap[0][:2]:
            heappop(self.heap)
        return self.heap[0][0] if self.heap else None
