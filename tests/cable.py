"""A cable to a port of this machine that may be cut: two network namespaces of the tests' own, joined by a veth pair.

Nothing of the machine's own network is touched. Who runs inside one namespace reaches nothing but the other one, where
somebody listens and passes on what comes to the port: a socket belongs to the namespace in which it was made.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

HERE, THERE = "192.0.2.1", "192.0.2.2"
"""Addresses that are reserved for examples. They are known inside the two namespaces alone."""
CLONE_NEWNET = 0x40000000
CHUNK = 1 << 16


class Cable:
    """To `port` of 127.0.0.1. Whoever is to use it is started by the words `inside`, and connects to `host`."""

    host = THERE

    def __init__(self, port: int) -> None:
        self.port = port
        self._near, self._far = (f"trainer-{os.getpid()}-{end}" for end in ("near", "far"))
        self._sockets: list[socket.socket] = []
        self._threads: list[threading.Thread] = []

    @staticmethod
    def possible() -> bool:
        return os.geteuid() == 0 and all(map(shutil.which, ("ip", "nsenter")))

    @property
    def inside(self) -> tuple[str, ...]:
        return "nsenter", f"--net=/run/netns/{self._near}", "--"

    def lay(self) -> None:
        for namespace in (self._near, self._far):
            _ip("netns", "add", namespace)
        _ip("-n", self._near, "link", "add", "cable", "type", "veth", "peer", "name", "cable", "netns", self._far)
        for namespace, address in ((self._near, HERE), (self._far, THERE)):
            _ip("-n", namespace, "address", "add", f"{address}/24", "dev", "cable")
            _ip("-n", namespace, "link", "set", "cable", "up")
            _ip("-n", namespace, "link", "set", "lo", "up")  # a program may speak with itself
        listening = _inside(self._far, lambda: socket.create_server((THERE, self.port)))
        self._start(self._pass_on, listening)

    def cut(self) -> None:
        """What is sent is lost, and neither end is told."""
        _ip("-n", self._far, "link", "set", "cable", "down")

    def mend(self) -> None:
        _ip("-n", self._far, "link", "set", "cable", "up")

    def remove(self) -> None:
        for one in self._sockets:
            _end(one)
        for thread in self._threads:
            thread.join()
        for namespace in (self._near, self._far):
            subprocess.run(["ip", "netns", "delete", namespace], capture_output=True, check=False)

    def _start(self, deed: Callable[..., None], *sockets: socket.socket) -> None:
        self._sockets += sockets
        thread = threading.Thread(target=deed, args=sockets, name="cable")
        self._threads.append(thread)
        thread.start()

    def _pass_on(self, listening: socket.socket) -> None:
        with listening, suppress(OSError):
            while True:
                came, _ = listening.accept()
                onward = socket.create_connection(("127.0.0.1", self.port))
                self._start(_pour, came, onward)
                self._start(_pour, onward, came)


def _pour(source: socket.socket, target: socket.socket) -> None:
    """Until one of them ends; then both do."""
    with source:
        with suppress(OSError):
            while data := source.recv(CHUNK):
                target.sendall(data)
        _end(source)
        _end(target)


def _end(one: socket.socket) -> None:
    """Whoever waits for it goes on."""
    with suppress(OSError):  # it has ended
        one.shutdown(socket.SHUT_RDWR)


def _inside(namespace: str, make: Callable[[], socket.socket]) -> socket.socket:
    """Make a socket in a network namespace. A thread goes there, and ends there."""

    def go() -> socket.socket:
        with open(f"/run/netns/{namespace}") as place:
            if ctypes.CDLL(None, use_errno=True).setns(place.fileno(), CLONE_NEWNET):
                raise OSError(ctypes.get_errno(), f"the thread cannot enter {namespace}")
        return make()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(go).result()


def _ip(*words: str) -> None:
    done = subprocess.run(["ip", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"ip {' '.join(words)}: {done.stderr}"
