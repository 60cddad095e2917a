"""Services that run as long as somebody tries them out, in real boxes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest

from sandbox import Sandbox
from sandbox.backend import usual_spec
from sandbox.backends.docker import DockerBackend
from sandbox.errors import JobRefused
from sandbox.live import MOST_LOG, LiveService, ServiceGone
from sandbox.model import RunStatus, ServiceJob
from tests.sandbox.test_services import HONEST

pytestmark = pytest.mark.engine

WAIT_S = 60.0
KEEPS = """
import json, os, sys, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
import psycopg

db = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
db.execute("CREATE TABLE IF NOT EXISTS starts (id serial)")
db.execute("INSERT INTO starts DEFAULT VALUES")
with open("starts.txt", "a") as file:
    file.write("x")


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        print("asked for", self.path, flush=True)
        if self.path == "/exit":
            parent = os.getpid()
            if os.fork():
                os._exit(3)
            while os.getppid() == parent:  # the connection is closed when the service has ended, not before
                time.sleep(0.005)
            os._exit(0)
        rows = db.execute("SELECT count(*) FROM starts").fetchone()[0]
        body = json.dumps({"rows": rows, "files": len(open("starts.txt").read())}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


print("started", flush=True)
ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
"""


@pytest.fixture(scope="module")
def sandbox(images: None) -> Iterator[Sandbox]:
    with Sandbox(DockerBackend(), {usual_spec("service"): 1}) as opened:
        yield opened


@contextmanager
def live(sandbox: Sandbox, source: str = KEEPS) -> Iterator[LiveService]:
    service = sandbox.open_service(ServiceJob({"app.py": source}, "python3 app.py", (), ()))
    try:
        yield service
    finally:
        service.close()


def get(path: str = "/", **more: Any) -> dict[str, Any]:
    return {"method": "GET", "path": path, "headers": [], "body": ""} | more


def exchange(service: LiveService, request: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = service.send(request).value["exchanges"][0]
    return found


def test_it_is_started_asked_and_its_log_is_read(sandbox: Sandbox) -> None:
    with live(sandbox, HONEST) as service:
        glance = service.start()
        assert (glance.running, glance.why) == (True, "")
        post = get("/notes", method="POST", headers=[["X-Mine", "1"]], body='{"text": "mine"}')
        told = exchange(service, post)
        assert (told["status"], told["body"]) == (201, '{"id": 1}')
        assert exchange(service, get("/notes/1"))["status"] == 200


def test_a_restart_keeps_files_rows_and_log(sandbox: Sandbox) -> None:
    with live(sandbox) as service:
        first = service.start()
        assert first.log == "started\n"
        assert exchange(service, get("/one"))["body"] == '{"rows": 1, "files": 1}'
        second = service.start()
        assert second.running
        assert exchange(service, get("/two"))["body"] == '{"rows": 2, "files": 2}'
        assert service.look(0).log == "started\nasked for /one\nstarted\nasked for /two\n"
        assert service.look(second.end).log == "asked for /two\n"


def test_nothing_is_lost_of_what_it_writes_before_it_listens(sandbox: Sandbox) -> None:
    """It takes its time: the host looks after it again and again meanwhile."""
    with live(sandbox, "import time\nprint('early', flush=True)\ntime.sleep(1)\n" + KEEPS) as service:
        assert service.start().log == "early\nstarted\n"
    with live(sandbox, "import time\nprint('early', flush=True)\ntime.sleep(1)\nraise SystemExit(4)") as service:
        glance = service.start()
        assert (glance.running, glance.log) == (False, "early\n")
        assert "exit code 4" in glance.why


def test_one_that_ends_says_so_and_can_be_started_again(sandbox: Sandbox) -> None:
    with live(sandbox) as service:
        service.start()
        run = service.send(get("/exit"))
        assert run.status is RunStatus.DIED
        assert run.value["reason"] == "Your service ended with exit code 3 before this step was over."
        assert not service.look(0).running
        assert service.send(get()).value["exchanges"][0]["status"] == 0
        assert service.start().running
        assert exchange(service, get())["status"] == 200


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("print('no server here', flush=True)", "Your service ended with exit code 0 before it listened on port 8000."),
        ("def broken(:", "Your service ended with exit code 1 before it listened on port 8000."),
    ],
)
def test_one_that_never_listens_says_why(sandbox: Sandbox, source: str, why: str) -> None:
    with live(sandbox, source) as service:
        glance = service.start()
        assert (glance.running, glance.why) == (False, why)
        assert glance.log


def test_odd_requests_are_told_and_break_nothing(sandbox: Sandbox) -> None:
    with live(sandbox) as service:
        service.start()
        for odd in (get("//etc/passwd"), get("/%ff"), get("/?" + "x" * 1900), get("/", method="OPTIONS"),
                    get("/", headers=[["Host", "elsewhere"], ["Content-Length", "5"]], body="")):  # fmt: skip
            told = service.send(odd)
            assert told.value["exchanges"] or told.value["reason"]
        assert exchange(service, get())["status"] == 200


def test_a_flood_of_log_is_cut(sandbox: Sandbox) -> None:
    with live(sandbox, "import sys\nfor _ in range(5000):\n    print('x' * 1000)\n" + KEEPS) as service:
        service.start()
        assert service.look(0).end <= MOST_LOG


def test_close_may_come_while_a_request_waits(sandbox: Sandbox) -> None:
    waiting = KEEPS.replace('if self.path == "/exit":', 'while self.path == "/wait":\n            pass\n        if 0:')
    with live(sandbox, waiting) as service, ThreadPoolExecutor(1) as threads:
        service.start()
        sent = threads.submit(service.send, get("/wait"))
        until = time.monotonic() + WAIT_S
        while "asked for /wait" not in service.look(0).log:
            assert time.monotonic() < until
        service.close()
        with pytest.raises(ServiceGone):
            sent.result(WAIT_S)
        with pytest.raises(ServiceGone):
            service.look(0)


def test_a_lost_box_is_gone_for_good(sandbox: Sandbox) -> None:
    with live(sandbox) as service:
        service.start()
        service._box.discard()
        with pytest.raises(ServiceGone):
            service.send(get())
        with pytest.raises(ServiceGone):
            service.start()


def test_files_that_cannot_be_written_are_refused(sandbox: Sandbox) -> None:
    with pytest.raises(JobRefused, match="is no path of a file"):
        sandbox.open_service(ServiceJob({"../app.py": "x"}, "python3 app.py", (), ()))
    with live(sandbox) as service:
        assert service.start().running
