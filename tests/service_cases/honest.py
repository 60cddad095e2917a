# what: A plain service that keeps notes in a file: what all others here are made from.
# verdict: accepted
"""POST /notes and GET /notes/N; GET /found lists what a curious service has found where it should find nothing."""

import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FILE = "notes.json"
found = []


def load():
    return json.load(open(FILE)) if os.path.exists(FILE) else []


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        note = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        notes = [*load(), note["text"]]
        with open(FILE, "w") as file:
            json.dump(notes, file)
        self.answer(201, {"id": len(notes)})

    def do_GET(self):
        if self.path == "/found":
            return self.answer(200, found)
        notes = load()
        number = int(self.path.rpartition("/")[2])
        if not 0 < number <= len(notes):
            return self.answer(404, {"error": "none"})
        return self.answer(200, {"text": notes[number - 1]})

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


def serve(handler=Handler):
    class Server(ThreadingHTTPServer):
        request_queue_size = 64
        daemon_threads = True

    Server(("127.0.0.1", 8000), handler).serve_forever()


if __name__ == "__main__":
    serve()
