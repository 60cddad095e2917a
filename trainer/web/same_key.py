"""Notices that two servers of one database sign with different keys: each would sign the other one's people out."""

from __future__ import annotations

import threading

import structlog

from trainer.db import Sessions
from trainer.services import shared_settings
from trainer.services.shared_settings import SECRET_KEY, Agreement

log = structlog.get_logger()

EVERY_S = 5.0
_WORDS = {
    Agreement.SAME: "",
    Agreement.OTHER_DIFFERS: f"Another server has another {SECRET_KEY}: people are signed out at random."
    " Give all servers the same one, then start that server again.",
    Agreement.DIFFERS: f"The {SECRET_KEY} of this server is not that of the others: people are signed out at random."
    " Give all servers the same one, then start this one again.",
}


class KeyWatch:
    """`start` and `stop` may be called once each. `trouble` is empty, or says in sentences what is to be done."""

    def __init__(self, sessions: Sessions, secret_key: str) -> None:
        self._sessions = sessions
        self._mark = shared_settings.fingerprint(secret_key)
        self._agreement = Agreement.SAME
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="same key", daemon=True)

    @property
    def trouble(self) -> str:
        return _WORDS[self._agreement]

    @property
    def is_other(self) -> bool:
        """Is it this server whose key is not that of the others?"""
        return self._agreement is Agreement.DIFFERS

    def start(self) -> None:
        self.look()
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def look(self) -> None:
        """Tell the fingerprint once, and learn whether others have the same. Never raises."""
        try:
            with self._sessions.writing() as session:
                found = shared_settings.tell(session, SECRET_KEY, self._mark)
        except Exception as error:
            log.warning("servers cannot compare their secret keys now", why=str(error).partition("\n")[0])
            return
        if found is not self._agreement and found is not Agreement.SAME:
            log.error("servers have different secret keys", why=_WORDS[found])
        self._agreement = found

    def _run(self) -> None:
        while not self._stopping.wait(EVERY_S):
            self.look()
