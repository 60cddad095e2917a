class HealthBoard:
    def __init__(self, fall, rise):
        self.fall = fall
        self.rise = rise
        self.up = {}
        self.against = {}
        self.number_up = 0

    def report(self, server, ok):
        if server not in self.up:
            self.up[server] = True
            self.number_up += 1
        up = self.up[server]
        if ok == up:
            self.against[server] = 0
            return False
        count = self.against.get(server, 0) + 1
        if count < (self.fall if up else self.rise):
            self.against[server] = count
            return False
        self.up[server] = not up
        self.against[server] = 0
        self.number_up += -1 if up else 1
        return True

    def is_up(self, server):
        return self.up.get(server, False)

    def up_count(self):
        return self.number_up
