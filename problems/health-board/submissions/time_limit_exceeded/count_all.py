# mistake: Each up_count goes through all servers: O(n²) over many calls.
# fails: 20,000 servers, counted after each report
class HealthBoard:
    def __init__(self, fall, rise):
        self.fall, self.rise = fall, rise
        self.up = {}
        self.against = {}

    def report(self, server, ok):
        up = self.up.setdefault(server, True)
        if ok == up:
            self.against[server] = 0
            return False
        self.against[server] = self.against.get(server, 0) + 1
        if self.against[server] < (self.fall if up else self.rise):
            return False
        self.up[server] = not up
        self.against[server] = 0
        return True

    def is_up(self, server):
        return self.up.get(server, False)

    def up_count(self):
        return sum(1 for server in self.up if self.up[server])
