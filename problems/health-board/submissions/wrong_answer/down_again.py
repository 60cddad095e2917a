# mistake: Each further failed check takes a server down that is down already.
# fails: checks go on failing while the server is down
class HealthBoard:
    def __init__(self, fall, rise):
        self.fall = fall
        self.rise = rise
        self.servers = {}
        self.count = 0

    def report(self, server, ok):
        if server not in self.servers:
            self.servers[server] = {"up": True, "failed": 0, "passed": 0}
            self.count += 1
        s = self.servers[server]
        if ok:
            s["failed"] = 0
            s["passed"] += 1
            if not s["up"] and s["passed"] >= self.rise:
                s["up"] = True
                self.count += 1
                return True
        else:
            s["passed"] = 0
            s["failed"] += 1
            if s["failed"] >= self.fall:
                s["up"] = False
                self.count -= 1
                return True
        return False

    def is_up(self, server):
        return server in self.servers and self.servers[server]["up"]

    def up_count(self):
        return self.count
