# mistake: A question about an unknown server creates it, and from then on it counts as up.
# fails: a question about an unknown server
from collections import defaultdict


class HealthBoard:
    def __init__(self, fall, rise):
        self.fall, self.rise = fall, rise
        self.up = defaultdict(lambda: True)
        self.against = defaultdict(int)
        self.down = 0

    def report(self, server, ok):
        up = self.up[server]
        if ok == up:
            self.against[server] = 0
            return False
        self.against[server] += 1
        if self.against[server] < (self.fall if up else self.rise):
            return False
        self.up[server] = not up
        self.down += 1 if up else -1
        self.against[server] = 0
        return True

    def is_up(self, server):
        return self.up[server]

    def up_count(self):
        return len(self.up) - self.down
