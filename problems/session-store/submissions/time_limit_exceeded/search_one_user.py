# mistake: A login over the limit searches all sessions of the user for the least recently used one: O(n²) for a user with many.
# fails: one user with 10,000 live sessions
from collections import OrderedDict


class SessionStore:
    def __init__(self, idle_s, per_user):
        self.idle_s, self.per_user = idle_s, per_user
        self.sessions = OrderedDict()
        self.of_user = {}
        self.uses = 0

    def open(self, now, user, session):
        self._expire(now)
        self.of_user.setdefault(user, set()).add(session)
        self._use(now, user, session)
        own = self.of_user[user]
        if len(own) <= self.per_user:
            return None
        ended = min(own, key=lambda s: self.sessions[s][2])
        self._end(ended)
        return ended

    def touch(self, now, session):
        self._expire(now)
        if session not in self.sessions:
            return False
        self._use(now, self.sessions[session][0], session)
        return True

    def close(self, now, session):
        self._expire(now)
        if session not in self.sessions:
            return False
        self._end(session)
        return True

    def live(self, now):
        self._expire(now)
        return len(self.sessions)

    def _use(self, now, user, session):
        self.uses += 1
        self.sessions[session] = (user, now, self.uses)
        self.sessions.move_to_end(session)

    def _expire(self, now):
        while self.sessions:
            session = next(iter(self.sessions))
            if now <= self.sessions[session][1] + self.idle_s:
                break
            self._end(session)

    def _end(self, session):
        user = self.sessions.pop(session)[0]
        self.of_user[user].discard(session)
