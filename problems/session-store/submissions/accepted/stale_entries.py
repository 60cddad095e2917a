from collections import defaultdict, deque


class SessionStore:
    def __init__(self, idle_s, per_user):
        self.idle_s, self.per_user = idle_s, per_user
        self.calls = 0
        self.last = {}
        self.queue = deque()
        self.user_queue = defaultdict(deque)
        self.user_count = defaultdict(int)

    def open(self, now, user, session):
        self._expire(now)
        self.user_count[user] += 1
        self._use(now, user, session)
        if self.user_count[user] <= self.per_user:
            return None
        own = self.user_queue[user]
        while True:
            call, oldest = own.popleft()
            if oldest in self.last and self.last[oldest][0] == call:
                self._end(oldest)
                return oldest

    def touch(self, now, session):
        self._expire(now)
        if session not in self.last:
            return False
        self._use(now, self.last[session][1], session)
        return True

    def close(self, now, session):
        self._expire(now)
        if session not in self.last:
            return False
        self._end(session)
        return True

    def live(self, now):
        self._expire(now)
        return len(self.last)

    def _use(self, now, user, session):
        self.calls += 1
        self.last[session] = (self.calls, user)
        self.queue.append((now, self.calls, session))
        self.user_queue[user].append((self.calls, session))

    def _expire(self, now):
        while self.queue and self.queue[0][0] + self.idle_s < now:
            _, call, session = self.queue.popleft()
            if session in self.last and self.last[session][0] == call:
                self._end(session)

    def _end(self, session):
        _, user = self.last.pop(session)
        self.user_count[user] -= 1
