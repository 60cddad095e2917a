"""Hands messages to the mail server in the background."""

from __future__ import annotations

import queue
import smtplib
import ssl
import threading
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

import structlog

from trainer.clock import now
from trainer.mail import Mail, MailServer

log = structlog.get_logger()
MOST_WAITING = 1000
TIMEOUT_S = 20.0
LOCAL = ("localhost", "127.0.0.1", "::1")


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
        hand_in(mail, self._server)

    def _work(self) -> None:
        while (mail := self._waiting.get()) is not None:
            try:
                self.send_now(mail)
            except Exception as error:
                self._fail(str(error) or type(error).__name__)

    def _fail(self, why: str) -> None:
        log.error("a message could not be sent", why=why)
        self.failure = Failure(now(), why)


def hand_in(mail: Mail, server: MailServer) -> None:
    """Hand one message to the server. Raises OSError, of which smtplib's errors are a kind."""
    context = ssl.create_default_context()
    with _connect(server, context) as connection:
        if not server.is_tls and server.host not in LOCAL:
            connection.starttls(context=context)
        if server.user:
            connection.login(server.user, server.password)
        connection.send_message(_message(mail, server.sender))


def _connect(server: MailServer, context: ssl.SSLContext) -> smtplib.SMTP:
    if server.is_tls:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_S, context=context)
    return smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_S)


def _message(mail: Mail, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, mail.to, mail.subject
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].rstrip(">"))
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    return message
