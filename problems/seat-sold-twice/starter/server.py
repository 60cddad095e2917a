"""Serves an app from several processes that share one port, each with a thread for every request."""

import multiprocessing
import os
import signal
import socket
import sys

from werkzeug.serving import make_server

PROCESSES = int(os.environ.get("WEB_PROCESSES", "2"))


def serve(app):
    """Never returns. The other processes end with this one."""
    listener = socket.create_server(("127.0.0.1", int(os.environ.get("PORT", "8000"))), backlog=128)
    fork = multiprocessing.get_context("fork")
    for _ in range(PROCESSES - 1):
        fork.Process(target=_run, args=(app, listener), daemon=True).start()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    _run(app, listener)


def _run(app, listener):
    host, port = listener.getsockname()
    make_server(host, port, app, threaded=True, fd=listener.fileno()).serve_forever()
