"""Serves the application with gunicorn: one process, many threads, judges and boxes beside them."""

from __future__ import annotations

import gc
import logging
import os
import resource
import signal
import socket
import sys
from typing import Any, NoReturn

import structlog
from flask import Flask
from gunicorn.app.base import BaseApplication

from trainer.config import Config
from trainer.db import db
from trainer.errors import SettingError
from trainer.web.buffering import MOST_CONNECTIONS, BufferingWorker
from trainer.web.runtime import KEY, Runtime

log = structlog.get_logger()

GRACE_S = 15
OTHER_FILES = 512
"""Connections to the database, to the engine and to boxes, and what lies on the disk."""


def check_address_is_free(config: Config) -> None:
    """Raises SettingError where the server could not listen, before anything is made ready."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(config.host, config.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        message = f"PORT={config.port}, HOST={config.host}: cannot listen there: {why}. Is another server running?"
        raise SettingError(message) from error


def allow_files(config: Config) -> int:
    """Let this process have as many files open as its connections need, where the system allows that.

    How many it may have.
    """
    wanted = config.streams + 2 * MOST_CONNECTIONS + OTHER_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    if soft < wanted:
        log.warning("few files may be open: raise the limit (ulimit -n)", needed=wanted, allowed=soft)
    return soft


class Server(BaseApplication):  # type: ignore[misc]
    """`run` ends the process when the server has stopped."""

    def __init__(self, app: Flask, config: Config) -> None:
        self._app = app
        self._config = config
        super().__init__()

    def run(self) -> NoReturn:
        allow_files(self._config)
        gc.freeze()  # the process that serves shares with this one what its collector does not touch
        try:
            super().run()
        except SystemExit as error:
            self._leave(error.code if isinstance(error.code, int) else 1)
        self._leave(0)

    def load_config(self) -> None:
        settings = {
            "bind": f"{self._config.host}:{self._config.port}",
            "workers": 1,
            "worker_class": BufferingWorker,
            "worker_connections": 2 * MOST_CONNECTIONS + self._config.streams,  # the worker makes room before
            "sendfile": False,  # it would wait for a slow reader without an end
            "threads": self._config.threads,
            "timeout": 60,
            "graceful_timeout": GRACE_S,
            "keepalive": 5,
            "loglevel": "warning",
            "control_socket_disable": True,
            "when_ready": self._say_ready,
            "post_worker_init": self._start,
            "worker_exit": self._stop,
        }
        for name, value in settings.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._app

    @property
    def _runtime(self) -> Runtime:
        found: Runtime = self._app.extensions[KEY]
        return found

    def _say_ready(self, _arbiter: Any) -> None:
        print(f"Serving on {self._config.base_url}  (Ctrl-C stops)", flush=True)

    def _start(self, worker: Any) -> None:
        """Ctrl-C reaches this process too: it lets requests end, as SIGTERM does."""
        for number in (signal.SIGINT, signal.SIGQUIT):
            signal.signal(number, worker.handle_exit)
        self._runtime.start()

    def _stop(self, _arbiter: Any, worker: Any) -> None:
        if worker.pid == os.getpid():  # the parent calls this hook too, for workers that it finds dead
            self._runtime.stop()
            if not worker.alive:  # it was told to end; one that could not begin has a code of its own
                self._leave(0)

    def _leave(self, code: int) -> NoReturn:
        """End this process at once. All work is done; taking the interpreter apart takes another second."""
        with self._app.app_context():
            db.engine.dispose()
        logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
