# mistake: A failed check does not set the count of passed ones back to zero.
# fails: a failed check between two passed ones while down
class HealthBoard:
    def __init__(self, fall, rise):
        self.fall, self.rise = fall, rise
        self.failed, self.passed = {}, {}
        self.up = set()

    def report(self, server, ok):
        if server not in self.failed:
            self.failed[server] = self.passed[server] = 0
            self.up.add(server)
        if ok:
            self.failed[server] = 0
            self.passed[server] += 1
            if server not in self.up and self.passed[server] >= self.rise:
                self.up.add(server)
                return True
        else:
            self.failed[server] += 1
            if server in self.up and self.failed[server] >= self.fall:
                self.up.remove(server)
                self.passed[server] = 0
                return True
        return False

    def is_up(self, server):
        return server in self.up

    def up_count(self):
        return len(self.up)
