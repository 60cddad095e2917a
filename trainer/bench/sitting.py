"""Many students sit an assessment at once: is anything acknowledged lost, is the clock right, do pages answer?"""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from trainer.bench.served import Served
from trainer.bench.timing import summary

FORMAT = "assessment"
TASKS = 4
SAVE_S, LOOK_S, TRY_S = 3.5, 20.0, 40.0
"""A student saves a draft, opens a task's page, and runs or submits something, about so often."""
NEAR_S, LAST_LOOK_S = 1.0, 3.0
"""Each saves once half a second before the bell and once after it; no page is opened in the last seconds."""
JUDGED_WITHIN_S = 600.0
SOURCE = "def double(number):\n    return 2 * number  # {}\n"


@dataclass
class Student:
    """One who sits there. `drafts` is what the server has acknowledged, by task."""

    token: str
    cookie: str
    interview: int = 0
    bell: float = 0.0
    """When the page says that it rings, by this machine's steady clock; `trip_s` is how exactly it knows."""
    trip_s: float = float("inf")
    drafts: dict[int, tuple[str, int]] = field(default_factory=dict)
    submitted: dict[int, str] = field(default_factory=dict)
    tries: int = 0
    clock_error_s: float = 0.0
    """How far off the bell was at least: sent after it and in time all the same, or answered before it and late."""


class Busy(Exception):
    """The student's last run or submission is not judged yet."""


class Room:
    """All students of one sitting, and what was measured of it."""

    def __init__(self, server: Served) -> None:
        self._server = server
        self._students = [Student(token, cookie) for token, cookie in zip(server.tokens, server.cookies, strict=True)]
        self._line = threading.Lock()
        self._pages_ms: list[float] = []
        self._saves_ms: list[float] = []
        self._errors: list[str] = []

    def sit(self) -> dict[str, Any]:
        """Let all begin, type until the bell, and look at what the server has then. Figures as JSON values."""
        threads = [threading.Thread(target=self._guarded, args=(student,)) for student in self._students]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        began = time.monotonic()
        judged = self._wait_for_verdicts()
        return {
            "students": len(self._students),
            "errors": len(self._errors),
            "first_error": next(iter(self._errors), ""),
            "drafts_acknowledged": sum(len(student.drafts) for student in self._students),
            "drafts_lost": sum(self._lost(student) for student in self._students),
            "clock_error_s": round(max(student.clock_error_s for student in self._students), 3),
            "pages": summary(self._pages_ms),
            "saves": summary(self._saves_ms),
            "runs_and_submissions_before_the_bell": sum(student.tries for student in self._students),
            "wave_submissions": sum(self._due(student) for student in self._students),
            "wave_judged": judged,
            "wave_judged_within_s": round(time.monotonic() - began, 1),
        }

    def _guarded(self, student: Student) -> None:
        try:
            self._type(student)
        except Exception as error:
            with self._line:
                self._errors.append(f"{type(error).__name__}: {error}"[:200])

    def _type(self, student: Student) -> None:
        dice = random.Random(student.token)
        state = self._call(student, "POST", "/api/v1/interviews", {"format": FORMAT})
        student.interview = state["id"]
        self._set_clock(student)
        began, turn = time.monotonic(), 0
        next_look, next_try = began + dice.uniform(0, LOOK_S), began + dice.uniform(0, TRY_S)
        while (left := student.bell - NEAR_S - time.monotonic()) > 0:
            time.sleep(min(dice.uniform(0.5, 1.5) * SAVE_S, left))
            turn += 1
            self._save(student, 1 + turn % TASKS, turn)
            is_early = student.bell - time.monotonic() > LAST_LOOK_S
            if time.monotonic() >= next_look and is_early:
                next_look += LOOK_S
                self._look(student, 1 + turn % TASKS)
                self._set_clock(student)
            if time.monotonic() >= next_try and is_early:
                next_try += TRY_S
                self._try(student, 1 + turn % TASKS)
        for moment in (student.bell - NEAR_S / 2, student.bell + NEAR_S / 2):
            time.sleep(max(0.0, moment - time.monotonic()))
            turn += 1
            self._save(student, 1 + turn % TASKS, turn)

    def _set_clock(self, student: Student) -> None:
        """As the page does: the answer that came quickest is believed."""
        asked = time.monotonic()
        state = self._call(student, "GET", f"/api/v1/interviews/{student.interview}")
        trip_s = time.monotonic() - asked
        if trip_s < student.trip_s:
            student.trip_s, student.bell = trip_s, asked + trip_s / 2 + state["seconds_left"]

    def _save(self, student: Student, task: int, turn: int) -> None:
        source, revision = SOURCE.format(f"{student.interview} {turn}"), student.drafts.get(task, ("", 0))[1]
        path = f"/api/v1/interviews/{student.interview}/tasks/{task}/texts/python"
        sent = time.monotonic()
        saved = self._call(student, "PUT", path, {"source": source, "base_revision": revision})
        answered = time.monotonic()
        with self._line:
            self._saves_ms.append((answered - sent) * 1000)
        off = student.bell - answered if saved["late"] else sent - student.bell
        student.clock_error_s = max(student.clock_error_s, off)
        if not saved["late"]:
            student.drafts[task] = (source, saved["revision"])

    def _look(self, student: Student, task: int) -> None:
        began = time.perf_counter()
        status = self._get_page(student, f"/interviews/{student.interview}/tasks/{task}")
        with self._line:
            self._pages_ms.append((time.perf_counter() - began) * 1000)
        if status != 200:
            raise RuntimeError(f"the page of a task answers {status}")

    def _try(self, student: Student, task: int) -> None:
        """Run what was saved last, or submit it, in turn. While an earlier one waits nothing is sent."""
        source = student.drafts[task][0]
        runs = student.tries % 2 == 0
        path = f"/api/v1/interviews/{student.interview}/tasks/{task}/{'runs' if runs else 'submissions'}"
        try:
            self._call(student, "POST", path, {"language": "python", "source": source})
        except Busy:
            return
        student.tries += 1
        if not runs:
            student.submitted[task] = source

    def _due(self, student: Student) -> int:
        """What the bell submits: drafts that differ from what was submitted last."""
        return sum(student.submitted.get(task) != source for task, (source, _) in student.drafts.items())

    def _wait_for_verdicts(self) -> int:
        """Until everything is judged. How many of these the bell submitted."""
        deadline, count = time.monotonic() + JUDGED_WITHIN_S, 0
        for student in self._students:
            while time.monotonic() < deadline:
                told = self._call(student, "GET", f"/api/v1/interviews/{student.interview}")
                if not told["waiting"] and told["sent"] == student.tries // 2 + self._due(student):
                    count += self._due(student)
                    break
                time.sleep(0.5)
        return count

    def _lost(self, student: Student) -> int:
        """Acknowledged drafts that the server does not have as they were."""
        lost = 0
        for task, (source, _) in student.drafts.items():
            path = f"/api/v1/interviews/{student.interview}/tasks/{task}/texts/python"
            lost += self._call(student, "GET", path)["source"] != source
        return lost

    def _get_page(self, student: Student, path: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self._server.port, timeout=60)
        try:
            connection.request("GET", path, headers={"Cookie": f"trainer={student.cookie}"})
            answer = connection.getresponse()
            answer.read()
            return answer.status
        finally:
            connection.close()

    def _call(self, student: Student, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self._server.port, timeout=60)
        headers = {"Authorization": f"Bearer {student.token}", "Content-Type": "application/json"}
        try:
            connection.request(method, path, json.dumps(body) if body is not None else None, headers)
            answer = connection.getresponse()
            found: dict[str, Any] = json.loads(answer.read())
        finally:
            connection.close()
        if answer.status == http.HTTPStatus.CONFLICT:
            raise Busy(found)
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status} {found}")
        return found
