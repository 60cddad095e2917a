# mistake: Each move and each cancellation searches the whole heap and builds it anew: O(n) per call.
# fails: 30,000 reminders moved one by one
import heapq


class Reminders:
    def __init__(self):
        self.heap = []
        self.waiting = set()
        self.sets = 0

    def set(self, reminder, at):
        moved = self.cancel(reminder)
        self.sets += 1
        self.waiting.add(reminder)
        heapq.heappush(self.heap, (at, self.sets, reminder))
        return moved

    def cancel(self, reminder):
        if reminder not in self.waiting:
            return False
        self.waiting.remove(reminder)
        self.heap = [entry for entry in self.heap if entry[2] != reminder]
        heapq.heapify(self.heap)
        return True

    def take(self, now):
        if not self.heap or self.heap[0][0] > now:
            return None
        reminder = heapq.heappop(self.heap)[2]
        self.waiting.remove(reminder)
        return reminder

    def next_at(self):
        return self.heap[0][0] if self.heap else None
