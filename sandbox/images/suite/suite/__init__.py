"""What hidden suites are written with: a client that keeps a transcript, expectations that a student can read, helpers.

A suite is a folder of modules, each a phase; between phases the service is stopped and started. A step is a test
function; its docstring is the sentence that the student reads. Fixtures:

    api       a Client of the service; `api.fresh()` is another one, without its cookies
    burst     `burst(n, send)` calls `send(number, client)` n times at the same moment; the answers in order
    rounds    `rounds(r, n, send)` is r such bursts by the same n clients, which call `send(round, number, client)`
    draw      values drawn anew in each judging: `draw.name()`, `draw.email()`, `draw.word()`, `draw.token()` never
              come twice in one, `draw.number(1, 9)` and `draw.choice("a", "b")` may
    memory    a dict that later steps and phases find again; a step whose key is missing is not run
    settings  the environment that the service was started with
    db        a Peek into PostgreSQL, read-only
    tokens    signs, reads and forges JSON Web Tokens with the service's own secret
    upstream  the scripted API at UPSTREAM_URL, where problem.md has `upstream: true`
"""

from suite.answers import Answer, Exchange
from suite.client import Client
from suite.expectations import Mismatch, expect
from suite.moments import in_time, quick, wait_until
from suite.peek import Peek
from suite.steps import sample
from suite.tokens import Tokens
from suite.upstream import Upstream
from suite.values import Draw, Memory

__all__ = [
    "Answer",
    "Client",
    "Draw",
    "Exchange",
    "Memory",
    "Mismatch",
    "Peek",
    "Tokens",
    "Upstream",
    "expect",
    "in_time",
    "quick",
    "sample",
    "wait_until",
]
