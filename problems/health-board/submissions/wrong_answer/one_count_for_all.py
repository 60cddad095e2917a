# mistake: All servers share one count of failed and one of passed checks.
# fails: two servers take turns failing
class HealthBoard:
    def __init__(self, fall, rise):
        self.fall = fall
        self.rise = rise
        self.failed = 0
        self.passed = 0
        self.known = set()
        self.up = set()

    def report(self, server, ok):
        if server not in self.known:
            self.known.add(server)
            self.up.add(server)
        if ok:
            self.failed = 0
            self.passed += 1
            if server not in self.up and self.passed >= self.rise:
                self.up.add(server)
                return True
        else:
            self.passed = 0
            self.failed += 1
            if server in self.up and self.failed >= self.fall:
                self.up.remove(server)
                return True
        return False

    def is_up(self, server):
        return server in self.up

    def up_count(self):
        return len(self.up)
