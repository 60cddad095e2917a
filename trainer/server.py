"""Serves the application with gunicorn: one process, many threads, judges and boxes beside them."""

from __future__ import annotations

import os
import signal
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from trainer.config import Config
from trainer.runtime import KEY, Runtime
from trainer.start import base_url

GRACE_S = 15


class Server(BaseApplication):  # type: ignore[misc]
    """`run` returns when the server has stopped."""

    def __init__(self, app: Flask, config: Config) -> None:
        self._app = app
        self._config = config
        super().__init__()

    def load_config(self) -> None:
        settings = {
            "bind": f"{self._config.host}:{self._config.port}",
            "workers": 1,
            "worker_class": "gthread",
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
        print(f"Serving on {base_url(self._config)}  (Ctrl-C stops)", flush=True)

    def _start(self, worker: Any) -> None:
        """Ctrl-C reaches this process too: it lets requests end, as SIGTERM does, and wakes the streams."""

        def leave(number: int, frame: Any) -> None:
            self._runtime.bell.close()
            worker.handle_exit(number, frame)

        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
            signal.signal(number, leave)
        self._runtime.start()

    def _stop(self, _arbiter: Any, worker: Any) -> None:
        if worker.pid == os.getpid():  # the parent calls this hook too, for workers that it finds dead
            self._runtime.stop()
