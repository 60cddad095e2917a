"""A window of any engine, used as a person uses it: see, press, type. Everything waits until it can be done."""

from __future__ import annotations

import base64
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.journeys.engines.until import until
from tests.journeys.engines.webdriver import Refused, Remote
from tests.journeys.tools import JUDGED_MS

SOON_S = 20.0
JUDGED_S = JUDGED_MS / 1000
CONTROL, ENTER, ESCAPE, TAB = "\ue009", "\ue007", "\ue00c", "\ue004"
"""WebDriver's names of keys."""
EDITOR = ".ready [role=textbox][aria-label^=Editor]"
PASSING = {
    "stale element reference",
    "element click intercepted",
    "element not interactable",
    "move target out of bounds",
}
"""What a press may be answered while a page is still being made; when it stays so, it is a fault of the page."""
PAGE_IS_LEFT = {"javascript error", "stale element reference", "no such window", "no such element", "unknown error"}
"""What a look may be answered while one page goes and the next comes."""
FIND = """(css, text) => [...document.querySelectorAll(css)].find((one) => {
    const box = one.getBoundingClientRect();
    const said = [one.getAttribute("aria-label"), one.innerText, one.title].join(" ");
    return box.width && box.height && getComputedStyle(one).visibility !== "hidden" && said.includes(text);
})"""
ENTER_TEXT = "(text) => document.execCommand('insertText', false, text)"
SETTLED = """async () => {
    await document.fonts.ready;
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    return true;
}"""
FILL = """(field, text) => {
    field.focus();
    field.select();
    return document.execCommand(text ? "insertText" : "delete", false, text);
}"""
CHOOSE = """(select, label) => {
    select.value = [...select.options].find((option) => option.label === label).value;
    select.dispatchEvent(new Event("input", { bubbles: true }));
    select.dispatchEvent(new Event("change", { bubbles: true }));
}"""


class Window:
    """One window. An element is found by a selector and by words in its text or its name."""

    def __init__(self, remote: Remote, url: str) -> None:
        self._remote = remote
        self._url = url

    def empty(self, wide: int = 1440, high: int = 900) -> None:
        """As a browser that was never here."""
        self._remote.ask("ReleaseActions")
        self.resize(wide, high)
        self.open("/how-judging-works")
        self.run("() => { localStorage.clear(); sessionStorage.clear(); }")
        self._remote.ask("DeleteAllCookies")
        self._remote.enlarge_text(1)

    def resize(self, wide: int, high: int) -> None:
        self._remote.ask("SetWindowRect", width=wide, height=high)

    def enlarge_text(self, times: float) -> None:
        """Show the text, and nothing else, so many times as large, and let the page settle."""
        self._remote.enlarge_text(times)
        self.wait(SETTLED)

    def open(self, path: str) -> None:
        self._remote.ask("Navigate", url=self._url + path)
        self.started()

    def back(self) -> None:
        self._remote.ask("Back")

    def reload(self) -> None:
        self._remote.ask("Refresh")
        self.started()

    def run(self, function: str, *arguments: Any) -> Any:
        """The value of a function of JavaScript."""
        return self._remote.ask("ExecuteScript", script=f"return ({function})(...arguments)", args=list(arguments))

    def wait(self, function: str, *arguments: Any, within_s: float = SOON_S, what: str = "") -> Any:
        """Ask until the function's value is truthy, and return it. A page that is left meanwhile is no fault."""

        def look() -> Any:
            with suppress_codes(PAGE_IS_LEFT):
                return self.run(function, *arguments)

        return until(look, f"{what or function}, on {self.path}", within_s)

    @property
    def path(self) -> str:
        address: str = self._remote.ask("GetCurrentURL")
        return address.removeprefix(self._url)

    def started(self) -> None:
        """All scripts of the page have run."""
        self.wait("() => document.documentElement.classList.contains('started')", what="scripts have run")

    def arrive(self, path: str, within_s: float = SOON_S) -> None:
        """A page whose address begins so is there, and its scripts."""
        until(lambda: self.path.startswith(path), f"arrive at {path}, not {self.path}", within_s)
        self.started()

    def see(self, css: str, text: str = "", within_s: float = SOON_S) -> Any:
        """The first visible element that the selector matches and whose text or name has these words."""
        return self.wait(FIND, css, text, within_s=within_s, what=f"see {css} {text!r}")

    def gone(self, css: str, text: str = "") -> None:
        self.wait(f"(...wanted) => !({FIND})(...wanted)", css, text, what=f"{css} {text!r} is gone")

    def press(self, css: str, text: str = "") -> None:
        """Press its middle, where nothing else may lie."""

        def pressed() -> bool:
            with suppress_codes(PASSING):
                self._remote.ask("ElementClick", id=identity(self.see(css, text)))
                return True
            return False

        until(pressed, f"press {css} {text!r}", SOON_S)

    def fill(self, css: str, text: str) -> None:
        """Replace what is in a field."""
        assert self.run(FILL, self.see(css), text)

    def choose(self, css: str, label: str) -> None:
        self.run(CHOOSE, self.see(css), label)

    def attach(self, css: str, file: Path) -> None:
        self._remote.ask("ElementSendKeys", id=identity(self.see(css)), text=str(file))

    def keys(self, *strokes: str) -> None:
        """Type texts. One that begins with CONTROL is pressed with it."""
        actions: list[dict[str, str]] = []
        for stroke in strokes:
            held = stroke[0] if stroke.startswith(CONTROL) else ""
            actions += [{"type": "keyDown", "value": held}] if held else []
            for key in stroke[len(held) :]:
                actions += [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
            actions += [{"type": "keyUp", "value": held}] if held else []
        self._remote.ask("PerformActions", actions=[{"type": "key", "id": "keyboard", "actions": actions}])

    def write(self, code: str) -> None:
        """Replace what is in the editor, all at once."""
        self.press(EDITOR)
        self.replace(code)

    def replace(self, text: str) -> None:
        """Replace what is in the place where one types."""
        self.keys(CONTROL + "a")
        assert self.run(ENTER_TEXT, text)

    def sign_in(self, person: Any) -> None:
        self.open("/sign-in")
        self.fill("input[name=email]", person.email)
        self.fill("input[name=password]", person.password)
        self.press("main button", "Sign in")
        self.see("summary.who")
        self.started()

    def shoot(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self._remote.ask("TakeScreenshot", full=False)))


def identity(element: dict[str, str]) -> str:
    return next(iter(element.values()))


class suppress_codes(suppress):
    """Lets pass what a browser refuses by these words."""

    def __init__(self, codes: set[str]) -> None:
        super().__init__(Refused)
        self._codes = codes

    def __exit__(self, kind: Any, error: Any, trace: Any) -> bool:
        return isinstance(error, Refused) and error.code in self._codes
