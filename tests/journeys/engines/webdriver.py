"""Firefox and WebKit, as Debian has them, driven by the commands of the W3C's WebDriver.

Firefox understands them itself: its Marionette takes them on a socket, so no driver of its own is needed, which Debian
does not have. WebKit's driver takes them by HTTP. Playwright drives neither: it wants builds of its own.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from tests.journeys.engines.until import until
from tests.ports import free_port

FIREFOX = Path("/usr/bin/firefox-esr")
WEBKIT_DRIVER = Path("/usr/bin/WebKitWebDriver")
XVFB = Path("/usr/bin/Xvfb")
START_S = 60.0
ANSWER_S = 90.0
ROUTES = {
    "Navigate": "POST /url",
    "GetCurrentURL": "GET /url",
    "Back": "POST /back",
    "Refresh": "POST /refresh",
    "SetWindowRect": "POST /window/rect",
    "ExecuteScript": "POST /execute/sync",
    "ElementClick": "POST /element/{id}/click",
    "ElementSendKeys": "POST /element/{id}/value",
    "PerformActions": "POST /actions",
    "ReleaseActions": "DELETE /actions",
    "DeleteAllCookies": "DELETE /cookie",
    "TakeScreenshot": "GET /screenshot",
}
"""The commands that are used: by Marionette's name, the request that is the same to a driver."""
PREFERENCES = {
    "marionette.port": 0,
    "remote.prefs.recommended": True,
    # What Firefox wants from its makers ends at a closed port of this machine; loopback is asked directly.
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "app.normandy.enabled": False,
    "services.settings.server": "data:,",
}


class Refused(Exception):
    """The browser's answer to a command is an error; `code` is WebDriver's word for it."""

    def __init__(self, command: str, code: str, message: str) -> None:
        super().__init__(f"{command}: {code}: {message}")
        self.code = code


class Remote(Protocol):
    """A browser that takes WebDriver's commands."""

    def ask(self, command: str, **parameters: Any) -> Any:
        """The command's value. Raises Refused."""

    def enlarge_text(self, times: float) -> None:
        """Show the page's text, and nothing else, so many times as large."""


class Marionette:
    """Firefox's own socket: messages are JSON after their length, `[0, number, command, parameters]`."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=ANSWER_S)
        self._stream = self._socket.makefile("rb")
        self._number = 0
        self._read()  # it says first who it is
        self.ask("NewSession", capabilities={})

    def ask(self, command: str, **parameters: Any) -> Any:
        return self._send(f"WebDriver:{command}", parameters)

    def enlarge_text(self, times: float) -> None:
        """As Firefox's own menu does: its window has a script that a page has not."""
        self._send("Marionette:SetContext", {"value": "chrome"})
        try:
            self.ask("ExecuteScript", script="gBrowser.selectedBrowser.textZoom = arguments[0]", args=[times])
        finally:
            self._send("Marionette:SetContext", {"value": "content"})

    def close(self) -> None:
        self._stream.close()
        self._socket.close()

    def _send(self, command: str, parameters: dict[str, Any]) -> Any:
        self._number += 1
        message = json.dumps([0, self._number, command, parameters]).encode()
        self._socket.sendall(b"%d:%b" % (len(message), message))
        _, _, error, value = self._read()
        if error:
            raise Refused(command, error["error"], error["message"])
        return value["value"] if isinstance(value, dict) and value.keys() == {"value"} else value

    def _read(self) -> Any:
        length = b""
        while (byte := self._stream.read(1)) != b":":
            if not byte:
                raise EOFError("Firefox hung up")
            length += byte
        return json.loads(self._stream.read(int(length)))


class Driver:
    """A WebDriver server with one session."""

    def __init__(self, port: int, capabilities: dict[str, Any]) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_S)
        session = self._send("NewSession", "POST", "/session", {"capabilities": {"alwaysMatch": capabilities}})
        self._session = f"/session/{session['sessionId']}"

    def ask(self, command: str, **parameters: Any) -> Any:
        method, route = ROUTES[command].split()
        path = self._session + route.format(**parameters)
        return self._send(command, method, path, parameters if method == "POST" else None)

    def enlarge_text(self, times: float) -> None:
        """By the size that lengths of the page refer to."""
        script = "document.documentElement.style.fontSize = `${100 * arguments[0]}%`"
        self.ask("ExecuteScript", script=script, args=[times])

    def close(self) -> None:
        self._send("DeleteSession", "DELETE", self._session, None)
        self._line.close()

    def _send(self, command: str, method: str, path: str, body: Any) -> Any:
        self._line.request(method, path, None if body is None else json.dumps(body))
        answer = json.loads(self._line.getresponse().read())["value"]
        if isinstance(answer, dict) and "error" in answer:
            raise Refused(command, answer["error"], answer["message"])
        return answer


def missing(engine: str) -> list[str]:
    """Programs that the engine needs and this machine lacks."""
    needed = {"firefox": [FIREFOX], "webkit": [WEBKIT_DRIVER, XVFB]}[engine]
    return [str(program) for program in needed if not program.exists()]


@contextmanager
def firefox(home: Path) -> Iterator[Remote]:
    """A Firefox without a window, its profile and all that it writes in an empty folder."""
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items()]
    (home / "user.js").write_text("".join(lines))
    port = home / "MarionetteActivePort"
    command = [str(FIREFOX), "--marionette", "--headless", "--no-remote", "--profile", str(home)]
    command.append("--remote-allow-system-access")  # to enlarge text as its menu does
    with running(command, home):
        remote = Marionette(int(until(lambda: port.is_file() and port.read_text(), "Firefox listens", START_S)))
        try:
            yield remote
        finally:
            remote.close()


@contextmanager
def webkit(home: Path) -> Iterator[Remote]:
    """WebKitGTK's MiniBrowser on a screen that nobody sees."""
    [browser] = Path("/usr/lib").glob("*/webkit2gtk-4.1/MiniBrowser")
    options = {"webkitgtk:browserOptions": {"binary": str(browser), "args": ["--automation"]}}
    port = free_port()
    with (
        screen(home) as display,
        running([str(WEBKIT_DRIVER), f"--port={port}"], home, DISPLAY=display, GDK_BACKEND="x11"),
    ):
        until(lambda: accepts(port), "WebKit's driver listens", START_S)
        remote = Driver(port, options)
        try:
            yield remote
        finally:
            remote.close()


@contextmanager
def screen(home: Path) -> Iterator[str]:
    """An X server that draws into memory alone. The name of its display, which it chooses itself."""
    reads, writes = os.pipe()
    command = [str(XVFB), "-displayfd", str(writes), "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]
    with os.fdopen(reads) as said, running(command, home, writes):
        os.close(writes)
        yield f":{said.readline().strip()}"


@contextmanager
def running(command: list[str], home: Path, *descriptors: int, **environment: str) -> Iterator[None]:
    """The program at work during the block. It is told to end, and waited for."""
    ours = os.environ | {"HOME": str(home), "XDG_RUNTIME_DIR": str(home), "NO_AT_BRIDGE": "1"} | environment
    ours.pop("DBUS_SESSION_BUS_ADDRESS", None)
    with (home / f"{Path(command[0]).name}.log").open("wb") as log:
        process = subprocess.Popen(
            command, env=ours, stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=descriptors
        )
        try:
            yield
        finally:
            process.terminate()
            process.wait(START_S)


def accepts(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


ENGINES = {"firefox": firefox, "webkit": webkit}
