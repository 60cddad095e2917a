"""Odd requests to every route: whatever is sent, it is no fault of ours."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import EnvironBuilder, run_wsgi_app

from tests.factories import PASSWORD, make_package, make_user, publish, small_interviews
from trainer.bank.archives import to_zip
from trainer.db import db
from trainer.models import Role, UploadStatus
from trainer.services import keys, uploads
from trainer.services.interviews import sitting
from trainer.web.runtime import runtime

FORM_TYPE = "application/x-www-form-urlencoded"
BRACKETS = b"[" * 50_000 + b"]" * 50_000
WORDS = ["", "\x00", "\ud800", "-1", "9" * 30, "1e999", "٣", "[" * 9000, "{}", "a/b", "😀"]
FIELDS = """
email name password old_password new_password token_name theme language source action text kind starred note code
remark:code box:1:python box:x:y own_input_number submission how from next answer cause q since tab own
""".split()  # noqa: SIM905 -- a list of forty lines reads worse
JSON: dict[str, list[str]] = {
    "runs": ["language", "source", "own_inputs"],
    "submissions": ["language", "source"],
    "draft": ["language", "source", "base_revision", "device"],
    "texts": ["source", "base_revision", "device"],
    "events": ["key", "events"],
    "interviews": ["format"],
    "console": ["source"],
    "requests": ["method", "path"],
}
"""What a route takes, by a word of its address."""

BODIES: dict[str, tuple[str, bytes]] = {
    "deep": ("application/json", BRACKETS),
    "deep in a value": ("application/json", b'{"source": ' + BRACKETS + b', "language": "python", "base_revision": 0}'),
    "deep objects": ("application/json", b'{"a":' * 30_000 + b"1" + b"}" * 30_000),
    "long number": ("application/json", b'{"base_revision": ' + b"9" * 5_000 + b"}"),
    "large number": (
        "application/json",
        b'{"source": "", "language": "python", "base_revision": 9999999999999999999}',
    ),
    "not a number": ("application/json", b'{"source": "", "language": "python", "base_revision": NaN}'),
    "bad text": ("application/json", b'{"source": "\xff\xfe"}'),
    "list": ("application/json", b"[]"),
    "word": ("application/json", b'"x"'),
    "nothing": ("application/json", b""),
    "null": ("application/json", b"null"),
    "half": ("application/json", b'{"source": "'),
    "another charset": ("application/json; charset=nonsense", b"{}"),
    "mark": ("application/json", "\ufeff{}".encode()),
    "sixteen bits": ("application/json", "{}".encode("utf-16")),
    "xml": ("application/xml", b"<a/>"),
    "no type": ("", b"a=b"),
    "odd type": ("a/b/c;;;=", b"a=b"),
    "bad form": (FORM_TYPE, b"email=%ff%fe&name=\xff&password=%00&=&&a&%"),
    "many fields": (FORM_TYPE, b"&".join(b"a%d=1" % number for number in range(3_000))),
    "no boundary": ("multipart/form-data", b"--x\r\n\r\n--x--"),
    "empty boundary": ("multipart/form-data; boundary=", b"--\r\n\r\n--"),
    "half a part": ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name="),
    "part without a name": (
        "multipart/form-data; boundary=x",
        b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--",
    ),
    "odd file": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="package"; filename="\x00"\r\n\r\nPK\x03\x04\r\n--x--',
    ),
    "odd transfer": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="text"\r\n'
        b"Content-Type: text/plain; charset=zz\r\n\r\n\xff\r\n--x--",
    ),
}


class Attacker:
    """Somebody with an account, who is signed in by a key and by a cookie with its token."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        app.testing = False
        app.config["PROPAGATE_EXCEPTIONS"] = False
        with app.app_context(), db.writing() as session:
            runtime().interviews = small_interviews()
            for slug in ("apart", "double", "window"):
                publish(session, slug)
            user = make_user(session, "m@example.org", Role.MENTOR)
            interview = sitting.start(session, user, "live-10", small_interviews(), seed=1)
            upload = uploads.receive(session, user, to_zip(make_package("fresh")))
            upload.status, upload.passed = UploadStatus.CHECKED, True
            drawn = interview.tasks[0].version
            assert drawn
            free = "apart" if drawn.problem.slug != "apart" else "double"
            self.values: dict[str, Any] = {"slug": free, "name": "python", "format_id": "live-10", "path": "x"}
            self.headers = {"Authorization": f"Bearer {keys.make_token(session, user, 'x')}"}
        self.client = app.test_client()
        self.sign_in()

    def sign_in(self) -> None:
        form = {"email": "m@example.org", "password": PASSWORD, "csrf_token": self.token()}
        self.client.post("/sign-in", data=form)
        self._kept_token = self.token()  # it stays right: what the requests below are answered sets no cookie here

    def token(self) -> str:
        return self.client.get("/accessibility").text.split('name="csrf-token" content="')[1].split('"')[0]

    def path(self, rule: Rule, **changes: Any) -> str:
        known = {name: self.values.get(name, 1) for name in rule.arguments} | changes
        with self._app.test_request_context():
            return self._app.url_map.bind("localhost").build(rule.endpoint, known, method=methods(rule)[0])

    def send(self, path: str, method: str, kind: str, body: bytes, **environ: Any) -> int:
        headers = {"Content-Type": kind} if kind else {}
        headers |= self.headers if path.startswith("/api/") else {"X-CSRFToken": self._kept_token}
        builder = EnvironBuilder(path=path, method=method, headers=headers, input_stream=io.BytesIO(body))
        builder.content_length = len(body)
        made = builder.get_environ() | environ
        if not path.startswith("/api/"):
            self.client._add_cookies_to_wsgi(made)
        _, status, _ = run_wsgi_app(self._app, made, buffered=True)
        return int(status.split()[0])


def methods(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


@pytest.fixture
def attacker(app: Flask) -> Attacker:
    return Attacker(app)


def rules(app: Flask) -> list[tuple[Rule, str]]:
    """The routes that end something for whoever asks come last."""
    found = [(rule, method) for rule in app.url_map.iter_rules() for method in methods(rule)]
    return sorted(found, key=lambda one: "sign-out" in one[0].rule or "delete" in one[0].rule)


@pytest.mark.parametrize("name", BODIES)
def test_no_body_is_our_fault(app: Flask, attacker: Attacker, name: str) -> None:
    kind, body = BODIES[name]
    wrong = {}
    for rule, method in rules(app):
        if method != "GET":
            status = attacker.send(attacker.path(rule), method, kind, body)
            if status >= 500:
                wrong[f"{method} {rule.rule}"] = status
    assert wrong == {}


def test_no_word_in_an_address_is_our_fault(app: Flask, attacker: Attacker) -> None:
    wrong = []
    for rule, method in rules(app):
        kind, body = ("application/json", b"{}") if rule.rule.startswith("/api/") else (FORM_TYPE, b"")
        texts = [name for name, converter in rule._converters.items() if converter.regex == "[^/]+"]
        for word in WORDS[1::2]:
            path = attacker.path(rule, **dict.fromkeys(texts, "WORD")).replace("WORD", word.replace("/", "%2F"))
            query = as_form(word).decode("latin-1")
            status = attacker.send(path, method, kind, body, QUERY_STRING=query)
            if status >= 500 and not (status == 503 and rule.rule == "/readyz"):
                wrong.append((method, rule.rule, word[:20], status))
    assert wrong == []


def test_no_word_in_a_field_is_our_fault(app: Flask, attacker: Attacker) -> None:
    wrong = []
    for rule, method in rules(app):
        for word in WORDS if method != "GET" else []:
            if rule.rule.startswith("/api/"):
                kind, body = "application/json", as_json(rule.rule, word)
            else:
                kind, body = FORM_TYPE, as_form(word)
            status = attacker.send(attacker.path(rule), method, kind, body)
            if status >= 500 and status != 503:
                wrong.append((method, rule.rule, word[:20], status))
    assert wrong == []


def as_form(word: str) -> bytes:
    return "&".join(f"{name}={word}" for name in FIELDS).encode("utf-8", "surrogatepass")


def as_json(address: str, word: str) -> bytes:
    events = [{"task": 1, "name": "python", "text": word}, {"task": 1, "step": word}]
    values = {"own_inputs": [{"number": word}], "base_revision": 0, "events": events, "language": "python"}
    keys = next((keys for name, keys in reversed(JSON.items()) if name in address), [])
    return json.dumps({key: values.get(key, word) for key in keys}).encode()
