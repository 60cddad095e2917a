# mistake: Each question looks at all waiting reminders: O(n) per call.
# fails: 30,000 reminders taken one by one
class Reminders:
    def __init__(self):
        self.waiting = {}
        self.sets = 0

    def set(self, reminder, at):
        moved = reminder in self.waiting
        self.sets += 1
        self.waiting[reminder] = (at, self.sets)
        return moved

    def cancel(self, reminder):
        return self.waiting.pop(reminder, None) is not None

    def take(self, now):
        if not self.waiting:
            return None
        first = min(self.waiting, key=self.waiting.get)
        if self.waiting[first][0] > now:
            return None
        del self.waiting[first]
        return first

    def next_at(self):
        return min(self.waiting.values())[0] if self.waiting else None
