"""The task board on the standard library alone: a small router, and handlers that return status and body."""

import json
import os
import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from board import Board
from problem import Problem
from tasks import checked, read_query

BOARD = Board(os.environ["DATABASE_URL"])


def create(request):
    task = BOARD.add(checked(request.json(), complete=True))
    request.extra["Location"] = f"/tasks/{task['id']}"
    return 201, task


def listing(request):
    return 200, BOARD.page(read_query(request.query))


def read(request, key):
    return 200, BOARD.get(key)


def replace(request, key):
    return 200, BOARD.change(key, checked(request.json(), complete=True))


def change(request, key):
    return 200, BOARD.change(key, checked(request.json(), complete=False))


def delete(request, key):
    BOARD.delete(key)
    return 204, None


ROUTES = [
    (re.compile(r"/tasks"), {"GET": listing, "POST": create}),
    (re.compile(r"/tasks/([^/]+)"), {"GET": read, "PUT": replace, "PATCH": change, "DELETE": delete}),
]


class Handler(BaseHTTPRequestHandler):
    """One request. `extra` holds headers beside the usual ones."""

    protocol_version = "HTTP/1.1"

    def answer(self):
        self.extra = {}
        self.content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path)
        self.query = dict(parse_qsl(parts.query, keep_blank_values=True))
        try:
            status, body = self.route(parts.path)
        except Problem as problem:
            status, body = problem.status, problem.body
        self.send(status, body)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

    def route(self, path):
        for pattern, methods in ROUTES:
            if match := pattern.fullmatch(path):
                if self.command in methods:
                    return methods[self.command](self, *match.groups())
                self.extra["Allow"] = ", ".join(methods)
                raise Problem(405, "method_not_allowed")
        raise Problem(404, "not_found")

    def json(self):
        if self.headers.get_content_type() != "application/json":
            raise Problem(415, "unsupported_media_type")
        try:
            body = json.loads(self.content)
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise Problem(400, "malformed_json")
        return body

    def send(self, status, body):
        content = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        for name, value in self.extra.items():
            self.send_header(name, value)
        if body is not None:
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


if __name__ == "__main__":
    BOARD.prepare()
    ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
