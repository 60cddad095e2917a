"""Mail is handed to a real SMTP server, and trouble with it stops nothing."""

from __future__ import annotations

import asyncio
import queue
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask

from tests.conftest import JOIN_S
from tests.trainer.pages.conftest import Visitor, text_of
from trainer.config import Config, read_config
from trainer.db import db
from trainer.errors import SettingError
from trainer.mail import Mail, MailServer
from trainer.models import Role
from trainer.services import accounts, admission
from trainer.web.mailer import Mailer, hand_in
from trainer.web.runtime import Runtime, runtime

SENDER = "Trainer <trainer@example.org>"


class Inbox:
    """What a mail server has taken. It refuses whom it does not know."""

    def __init__(self) -> None:
        self.taken: queue.Queue[Message] = queue.Queue()

    async def handle_RCPT(self, _s: SMTP, _n: Session, envelope: Envelope, to: str, _o: list[str]) -> str:
        if to.startswith("refused"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, _s: SMTP, _n: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        self.taken.put(message_from_bytes(envelope.content))
        return "250 taken"

    def next(self) -> Message:
        return self.taken.get(timeout=JOIN_S)


async def end(server: asyncio.Server) -> None:
    """Nothing of a connection is left that would be told of when it is collected, in the middle of another test."""
    server.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.sleep(0)  # transports that were closed say so in the next round of the loop


@contextmanager
def mail_server(host: str = "127.0.0.1") -> Iterator[tuple[Inbox, int]]:
    """A mail server on a free port of this machine."""
    made, loop = Inbox(), asyncio.new_event_loop()
    server = loop.run_until_complete(loop.create_server(lambda: SMTP(made, loop=loop), host, 0))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield made, server.sockets[0].getsockname()[1]
    asyncio.run_coroutine_threadsafe(end(server), loop).result(JOIN_S)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(JOIN_S)
    loop.close()


@pytest.fixture
def mails(app: Flask) -> Iterator[Inbox]:
    """The application sends its mail to this inbox."""
    with app.app_context():
        running: Runtime = runtime()
    with mail_server() as (inbox, port):
        running.mailer = Mailer(MailServer.of(f"smtp://127.0.0.1:{port}", SENDER))
        running.mailer.start()
        yield inbox
        running.mailer.stop()


def link_in(message: Message) -> str:
    found = re.search(r"http://\S+(/link/\S+)", str(message.get_payload(decode=True), "utf-8"))
    assert found
    return found[1]


def only_domain(app: Flask, domains: str) -> None:
    with app.app_context(), db.writing() as session:
        admission.set_rule(session, sign_up="domains", domains=domains, contact="Dr. Lind")


def test_a_forgotten_password_ends_at_a_link_by_mail(student: Visitor, visitor: Visitor, mails: Inbox) -> None:
    answer = visitor.post("/forgot", email="MIRA@example.org")
    assert "a link is on its way" in text_of(answer)
    message = mails.next()
    assert (message["To"], message["From"]) == ("mira@example.org", SENDER)
    assert visitor.post(link_in(message), password="several words make one").status_code == 303
    assert student.get("/account").status_code == 302  # the old session has ended


def test_asking_for_a_mail_does_not_end_a_link_that_an_admin_made(
    app: Flask, student: Visitor, visitor: Visitor, mails: Inbox
) -> None:
    with app.app_context(), db.writing() as session:
        mira = accounts.find_by_email(session, "mira@example.org")
        assert mira
        token = accounts.make_link(session, mira)
    visitor.post("/forgot", email="mira@example.org")
    by_mail = link_in(mails.next())
    assert visitor.get(by_mail).status_code == 200
    assert visitor.post(f"/link/{token}", password="several words make one").status_code == 303
    assert Visitor(app.test_client()).get(by_mail).status_code == 404


def test_a_link_by_mail_leads_here_whatever_host_was_asked(student: Visitor, visitor: Visitor, mails: Inbox) -> None:
    visitor.get("/forgot")
    cookie = visitor.cookie("trainer")
    assert cookie
    visitor._client.set_cookie("trainer", cookie, domain="evil.example")
    form = {"csrf_token": visitor._token, "email": "mira@example.org"}
    visitor._client.post("/forgot", data=form, environ_overrides={"HTTP_HOST": "evil.example"})
    message = mails.next().as_string()
    assert "http://127.0.0.1:8000/link/" in message
    assert "evil.example" not in message


def test_the_answer_does_not_tell_who_has_an_account(student: Visitor, visitor: Visitor, mails: Inbox) -> None:
    texts = {
        text_of(visitor.post("/forgot", email=f"{who}@example.org")).replace(who, "") for who in ("nobody", "mira")
    }
    assert len(texts) == 1
    assert mails.next()["To"] == "mira@example.org"
    assert mails.taken.empty()


def test_a_disabled_account_is_sent_nothing(app: Flask, student: Visitor, visitor: Visitor, mails: Inbox) -> None:
    with app.app_context(), db.writing() as session:
        mira = accounts.find_by_email(session, "mira@example.org")
        assert mira
        accounts.disable(session, mira)
    assert "a link is on its way" in text_of(visitor.post("/forgot", email="mira@example.org"))
    with app.app_context():
        runtime().mailer.send(Mail("last@example.org", "Last", "The next message in the line."))
    assert mails.next()["To"] == "last@example.org"


def test_where_domains_matter_a_mail_shows_whose_the_address_is(app: Flask, visitor: Visitor, mails: Inbox) -> None:
    only_domain(app, "example.edu")
    page = text_of(visitor.get("/sign-up"))
    assert "We send a link to it" in page
    assert "Password" not in page
    refused = visitor.post("/sign-up", name="Ada", email="ada@elsewhere.example")
    assert (refused.status_code, "Use an address of example.edu. Ask Dr. Lind." in text_of(refused)) == (422, True)
    for _ in range(2):  # who asks again before the first link was opened gets another one
        assert "Check your mail" in text_of(visitor.post("/sign-up", name="Ada", email="ada@example.edu"))
    first, second = mails.next(), mails.next()
    assert visitor.get(link_in(first)).status_code == 200
    assert visitor.post(link_in(second), password="several words make one").status_code == 303
    assert Visitor(app.test_client()).get(link_in(first)).status_code == 404
    assert "ada@example.edu" in text_of(visitor.get("/account"))
    again = Visitor(app.test_client()).post("/sign-up", name="Ada", email="ada@example.edu")
    assert (again.status_code, "There is an account with this address" in text_of(again)) == (409, True)


def test_what_a_stranger_wrote_is_in_no_mail(app: Flask, visitor: Visitor, mails: Inbox) -> None:
    only_domain(app, "example.edu")
    visitor.post("/sign-up", name="Visit http://evil.example", email="ada@example.edu")
    assert "evil" not in mails.next().as_string()


def test_a_message_that_is_refused_is_told_and_stops_no_other(
    app: Flask, make_visitor: Callable[..., Visitor], mails: Inbox
) -> None:
    root = make_visitor("root@example.org", Role.ADMIN)
    for who in ("refused", "ada"):
        root.post("/accounts/add", email=f"{who}@example.org", name=who, role="student", send="1")
    assert mails.next()["To"] == "ada@example.org"
    page = text_of(root.get("/accounts/sign-up"))
    assert "A message could not be sent" in page
    assert "no such mailbox" in page
    root.post("/accounts/mail/try")
    assert mails.next()["Subject"] == "Mail works"
    assert "The mail server took a message for root@example.org" in text_of(root.get("/accounts/sign-up"))


def test_a_mail_server_that_is_away_is_told(app: Flask, make_visitor: Callable[..., Visitor]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens
        with app.app_context():
            runtime().mailer = Mailer(MailServer.of(f"smtp://127.0.0.1:{taken.getsockname()[1]}", SENDER))
        root = make_visitor("root@example.org", Role.ADMIN)
        root.post("/accounts/mail/try")
        assert "could not be sent: [Errno 111]" in text_of(root.get("/accounts/sign-up"))


def test_without_a_mail_server_nothing_is_sent(visitor: Visitor, make_visitor: Callable[..., Visitor]) -> None:
    assert "This server sends no mail" in text_of(visitor.post("/forgot", email="mira@example.org"))
    root = make_visitor("root@example.org", Role.ADMIN)
    assert "No mail is sent" in text_of(root.get("/accounts/sign-up"))
    root.post("/accounts/mail/try")
    assert "no mail server is set" in text_of(root.get("/accounts/sign-up"))


def test_passwords_never_travel_in_plain_text_over_a_network() -> None:
    """A server that passes for another machine and does not offer STARTTLS is given nothing."""
    with mail_server("127.0.0.2") as (inbox, port):
        server = MailServer.of(f"smtp://user:secret@127.0.0.2:{port}", SENDER)
        with pytest.raises(OSError, match="STARTTLS"):
            hand_in(Mail("ada@example.org", "Subject", "Text"), server)
    assert inbox.taken.empty()


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"TRAINER_SMTP_URL": "mail.example.org", "TRAINER_MAIL_FROM": "a@b.org"}, "write it as smtp://"),
        ({"TRAINER_SMTP_URL": "smtp://mail.example.org:x", "TRAINER_MAIL_FROM": "a@b.org"}, "TRAINER_SMTP_URL: "),
        ({"TRAINER_SMTP_URL": "smtp://user:secret@mail.example.org"}, "TRAINER_MAIL_FROM: write an address"),
    ],
)
def test_wrong_settings_of_mail_are_told_without_the_password(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], words: str
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingError) as told:
        read_config()
    assert words in str(told.value)
    assert "secret" not in str(told.value)


def test_the_address_of_a_mail_server_is_read_whole() -> None:
    config = Config(TRAINER_SMTP_URL="smtps://me%40example.org:p%2Fq@mail.example.org", TRAINER_MAIL_FROM=SENDER)
    assert config.mail_server == MailServer("mail.example.org", 465, True, "me@example.org", "p/q", SENDER)
    assert MailServer.of("smtp://mail.example.org", SENDER).port == 587
