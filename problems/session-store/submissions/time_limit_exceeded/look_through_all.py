# mistake: Each call looks through all sessions, live or not: O(n²) over many calls.
# fails: 15,000 users, counted after each login
class SessionStore:
    def __init__(self, idle_s, per_user):
        self.idle_s, self.per_user = idle_s, per_user
        self.sessions = {}
        self.uses = 0

    def open(self, now, user, session):
        self._use(now, user, session)
        own = [s for s in self.sessions if self.sessions[s][0] == user and self._is_live(now, s)]
        if len(own) <= self.per_user:
            return None
        ended = min(own, key=lambda s: self.sessions[s][2])
        del self.sessions[ended]
        return ended

    def touch(self, now, session):
        if not self._is_live(now, session):
            return False
        self._use(now, self.sessions[session][0], session)
        return True

    def close(self, now, session):
        if not self._is_live(now, session):
            return False
        del self.sessions[session]
        return True

    def live(self, now):
        return sum(self._is_live(now, s) for s in self.sessions)

    def _is_live(self, now, session):
        return session in self.sessions and now <= self.sessions[session][1] + self.idle_s

    def _use(self, now, user, session):
        self.uses += 1
        self.sessions[session] = (user, now, self.uses)
