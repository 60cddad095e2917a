# mistake: A session expires one second too early. The statement says "up to and including".
# fails: used exactly idle_s seconds after the last use
from collections import OrderedDict


class SessionStore:
    def __init__(self, idle_s, per_user):
        self.idle_s = idle_s
        self.per_user = per_user
        self.sessions = OrderedDict()
        self.of_user = {}

    def open(self, now, user, session):
        self._expire(now)
        self.sessions[session] = (user, now)
        own = self.of_user.setdefault(user, OrderedDict())
        own[session] = True
        if len(own) <= self.per_user:
            return None
        ended = next(iter(own))
        self._end(ended)
        return ended

    def touch(self, now, session):
        self._expire(now)
        if session not in self.sessions:
            return False
        user = self.sessions[session][0]
        self.sessions[session] = (user, now)
        self.sessions.move_to_end(session)
        self.of_user[user].move_to_end(session)
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

    def _expire(self, now):
        while self.sessions:
            session, (_, last) = next(iter(self.sessions.items()))
            if now - last < self.idle_s:
                break
            self._end(session)

    def _end(self, session):
        user, _ = self.sessions.pop(session)
        own = self.of_user[user]
        del own[session]
        if not own:
            del self.of_user[user]
