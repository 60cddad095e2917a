"""Mail by SMTP, where a server for it is set: links for passwords. Sent in the background."""

from __future__ import annotations

import queue
import smtplib
import ssl
import threading
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import unquote, urlsplit

import structlog

from trainer.clock import now

log = structlog.get_logger()
MOST_WAITING = 1000
TIMEOUT_S = 20.0
LOCAL = ("localhost", "127.0.0.1", "::1")
SCHEMES = {"smtp": 587, "smtps": 465}
"""Each with the port that it has where the address names none."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One message of plain text."""

    to: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in. `sender` is what stands in From. Passwords travel encrypted, or to this machine only."""

    host: str
    port: int
    is_tls: bool
    user: str
    password: str
    sender: str

    @classmethod
    def of(cls, url: str, sender: str) -> MailServer:
        """Read `smtp://user:password@host:port`, which begins with STARTTLS, or `smtps://…`. Raises ValueError."""
        parts = urlsplit(url)
        if parts.scheme not in SCHEMES or not parts.hostname:
            raise ValueError("write it as smtp://user:password@host:587 or smtps://user:password@host")
        return cls(
            host=parts.hostname,
            port=parts.port or SCHEMES[parts.scheme],
            is_tls=parts.scheme == "smtps",
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            sender=sender,
        )

    def send(self, mail: Mail) -> None:
        """Hand one message in. Raises OSError, of which smtplib's errors are a kind."""
        context = ssl.create_default_context()
        with self._connect(context) as server:
            if not self.is_tls and self.host not in LOCAL:
                server.starttls(context=context)
            if self.user:
                server.login(self.user, self.password)
            server.send_message(self._message(mail))

    def _connect(self, context: ssl.SSLContext) -> smtplib.SMTP:
        if self.is_tls:
            return smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT_S, context=context)
        return smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_S)

    def _message(self, mail: Mail) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, mail.to, mail.subject
        message["Date"], message["Message-ID"] = (
            formatdate(),
            make_msgid(domain=self.sender.rpartition("@")[2].rstrip(">")),
        )
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.text)
        return message


@dataclass(frozen=True, slots=True)
class Failure:
    """The last message that could not be sent."""

    moment: datetime
    why: str


class Mailer:
    """Sends what it is given, one message after another, in a thread of its own. Without a server it is off."""

    def __init__(self, server: MailServer | None) -> None:
        self._server = server
        self._waiting: queue.Queue[Mail | None] = queue.Queue(MOST_WAITING)
        self._thread: threading.Thread | None = None
        self.failure: Failure | None = None

    @property
    def is_on(self) -> bool:
        return self._server is not None

    @property
    def sender(self) -> str:
        return self._server.sender if self._server else ""

    def start(self) -> None:
        if self._server is not None and self._thread is None:
            self._thread = threading.Thread(target=self._work, name="mail", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End after the message that is being sent. Others are dropped: whoever waits for one asks again."""
        if self._thread is not None:
            while not self._waiting.empty():
                self._waiting.get_nowait()
            self._waiting.put(None)
            self._thread.join(TIMEOUT_S)

    def send(self, mail: Mail) -> None:
        """Have a message sent soon. One that does not fit in is told in the log and on the admins' page."""
        try:
            self._waiting.put_nowait(mail)
        except queue.Full:
            self._fail("too many messages wait to be sent")

    def send_now(self, mail: Mail) -> None:
        """Send a message and wait for it. Raises OSError."""
        if self._server is None:
            raise OSError("no mail server is set")
        self._server.send(mail)

    def _work(self) -> None:
        while (mail := self._waiting.get()) is not None:
            try:
                self.send_now(mail)
            except Exception as error:
                self._fail(str(error) or type(error).__name__)

    def _fail(self, why: str) -> None:
        log.error("a message could not be sent", why=why)
        self.failure = Failure(now(), why)
