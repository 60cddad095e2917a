class Reminders:
    """A heap that knows the place of each reminder."""

    def __init__(self):
        self.heap = []
        self.place = {}
        self.sets = 0

    def set(self, reminder, at):
        moved = self.cancel(reminder)
        self.sets += 1
        self.heap.append(None)
        self._up(len(self.heap) - 1, (at, self.sets, reminder))
        return moved

    def cancel(self, reminder):
        hole = self.place.pop(reminder, None)
        if hole is None:
            return False
        last = self.heap.pop()
        if hole < len(self.heap):
            if hole > 0 and last < self.heap[(hole - 1) // 2]:
                self._up(hole, last)
            else:
                self._down(hole, last)
        return True

    def take(self, now):
        if not self.heap or self.heap[0][0] > now:
            return None
        reminder = self.heap[0][2]
        self.cancel(reminder)
        return reminder

    def next_at(self):
        return self.heap[0][0] if self.heap else None

    def _put(self, place, entry):
        self.heap[place] = entry
        self.place[entry[2]] = place

    def _up(self, place, entry):
        while place > 0 and entry < self.heap[(place - 1) // 2]:
            self._put(place, self.heap[(place - 1) // 2])
            place = (place - 1) // 2
        self._put(place, entry)

    def _down(self, place, entry):
        while (child := 2 * place + 1) < len(self.heap):
            if child + 1 < len(self.heap) and self.heap[child + 1] < self.heap[child]:
                child += 1
            if entry < self.heap[child]:
                break
            self._put(place, self.heap[child])
            place = child
        self._put(place, entry)
