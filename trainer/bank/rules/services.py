"""Rules about services: the starter listens, and a server that does nothing passes no step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sandbox.model import Judgement, RunStatus, ServiceJob, Verdict
from trainer.bank.jobs import make_job
from trainer.bank.rules.base import Facts, Result
from trainer.bank.sources import pack
from trainer.bank.words import count, verb

_SERVER = """
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BODY = {body!r}


class Handler(BaseHTTPRequestHandler):
    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response({status})
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = answer

    def log_message(self, *words):
        pass


ThreadingHTTPServer(("127.0.0.1", 8000), Handler).serve_forever()
"""
STRAWMEN = {
    "an empty server, which knows no path": _SERVER.format(status=404, body=b'{"error": "not found"}'),
    "a server that always answers 200 with {}": _SERVER.format(status=200, body=b"{}"),
}


def listens(facts: Facts) -> Iterator[Result]:
    """A student's first run must show a failed step, not a server that does not start."""
    for source in facts.problem.starters.values():
        judgement = facts.sandbox.judge(make_job(facts.problem, facts.cases, source, ""))
        silent = next((r for r in judgement.results if r.run.status is RunStatus.DIED), None)
        if judgement.verdict is Verdict.JUDGE_ERROR:
            yield Result(False, f"the starter was not judged: {judgement.message}")
        elif judgement.verdict is Verdict.ACCEPTED:
            yield Result(False, "the starter is accepted: take the solution out")
        elif silent is not None:
            yield Result(False, f"the starter does not answer: {silent.reason} {silent.run.stdout[-400:]}")
        else:
            yield Result(True, f"the starter listens; {_passed(judgement)}")


def answers_nothing(facts: Facts) -> Iterator[Result]:
    """No step is passed by saying nothing: one that only refuses must first show what is allowed."""
    for what, source in STRAWMEN.items():
        job = make_job(facts.problem, facts.cases, pack({"straw.py": source}), "")
        assert isinstance(job, ServiceJob)
        judgement = facts.sandbox.judge(replace(job, start="python3 straw.py"))
        passed = [r.case.name for r in judgement.results if r.verdict is Verdict.ACCEPTED]
        if judgement.verdict is Verdict.JUDGE_ERROR:
            yield Result(False, f"{what} was not judged: {judgement.message}")
        elif passed:
            names = "’, ‘".join(passed)
            yield Result(False, f"{what} passes ‘{names}’: let these steps show what does work, too")
        else:
            yield Result(True, f"{what} fails every step")


def _passed(judgement: Judgement) -> str:
    passed = sum(result.verdict is Verdict.ACCEPTED for result in judgement.results)
    return f"{passed} of {count(len(judgement.results), 'step')} {verb(passed, 'passes', 'pass')}"
