"""Inputs go ahead only into boxes that hold them, and only so many; who loses a box loses it at the right case."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from sandbox import Case, Job, Run, RunStatus, Verdict, parse_signature
from sandbox.attempts import observe
from sandbox.backend import Box, BoxSpec
from sandbox.backends.stub import LOADED, frame_of
from sandbox.errors import BoxDied
from sandbox.judge import judge_runs
from sandbox.protocol import LENGTH
from sandbox.runner import MOST_AHEAD_BYTES, BoxLost, Conversation

SIGNATURE = parse_signature("f(text: str) -> str")


class Recorder:
    """A box that answers every input, `dies_at` excepted, and notes what waited in it whenever it was sent more."""

    guests: tuple[Box, ...] = ()
    id = "recorder"
    may_serve_again = False

    def __init__(self, *, holds_inputs: bool, dies_at: str = "") -> None:
        self.holds_inputs = holds_inputs
        self.dies_at = dies_at
        self.is_told = False  # that the program is loaded
        self.waiting: list[str] = []
        self.most: list[list[str]] = []

    def send(self, *frames: bytes) -> None:
        inputs = [json.loads(frame) for frame in frames]
        self.waiting += [frame["arguments"][0] for frame in inputs if "arguments" in frame]
        self.most.append(list(self.waiting))
        self.is_told |= "source" not in inputs[0]

    def receive(self, timeout_s: float, limit: int) -> bytes:
        if not self.is_told:
            self.is_told = True
            return LOADED
        if self.waiting[0] == self.dies_at or (self.dies_at and len(self.waiting) > 1):
            raise BoxDied("it ended")
        return frame_of(Run(RunStatus.RETURNED, value=self.waiting.pop(0)))

    def alive(self) -> bool:
        return True

    def renew(self) -> bool:
        return False

    def discard(self) -> None:
        self.waiting.clear()


class Boxes:
    def __init__(self, *boxes: Recorder) -> None:
        self.left = list(boxes)

    def take(self, spec: BoxSpec) -> Box:
        return self.left.pop(0)

    def give_back(self, box: Box, *, again: bool = False) -> None:
        box.discard()


def job_of(texts: Sequence[str]) -> Job:
    return Job("python", "", SIGNATURE, tuple(Case(text[:9], (text,), judged=False) for text in texts))


def test_a_box_that_holds_inputs_gets_them_at_once() -> None:
    box = Recorder(holds_inputs=True)
    runs = Conversation(box, job_of("abc"), []).conduct()
    assert [run.value for run in runs] == ["a", "b", "c"]
    assert box.most == [["a", "b", "c"]]


@pytest.mark.parametrize(("holds_inputs", "one_by_one"), [(False, False), (True, True)])
def test_any_other_gets_the_next_when_the_last_was_answered(holds_inputs: bool, one_by_one: bool) -> None:
    box = Recorder(holds_inputs=holds_inputs)
    Conversation(box, job_of("abc"), [], one_by_one).conduct()
    assert box.most == [["a"], ["b"], ["c"]]


def test_no_more_waits_than_there_is_room_for() -> None:
    small, large = "s" * (MOST_AHEAD_BYTES // 3), "l" * (3 * MOST_AHEAD_BYTES)
    box = Recorder(holds_inputs=True)
    Conversation(box, job_of([small] * 4 + [large, small, small, small]), []).conduct()
    assert all(len(waiting) == 1 or sum(map(len, waiting)) <= MOST_AHEAD_BYTES for waiting in box.most)
    assert [small, small] in box.most
    assert [large] in box.most


def test_the_case_at_which_a_box_is_lost_is_known_though_inputs_were_sent_ahead() -> None:
    boxes = [Recorder(holds_inputs=True, dies_at="c") for _ in range(2)]
    runs = observe(job_of("abcd"), Boxes(*boxes))
    assert [run.status for run in runs] == [
        RunStatus.RETURNED,
        RunStatus.RETURNED,
        RunStatus.BOX_ENDED,
        RunStatus.NOT_RUN,
    ]


class Compiler(Recorder):
    """A box whose compiler ends so, with this report."""

    def __init__(self, end: str, report: bytes) -> None:
        super().__init__(holds_inputs=True)
        head = {"event": "not compiled", "end": end, "exit": 0, "signal": None, "cpu_us": 1, "wall_us": 1}
        text = json.dumps({**head, "peak_kib": 1, "parts": [0, 0, len(report)], "clean": True}).encode()
        self.answer = LENGTH.pack(len(text)) + text + report

    def receive(self, timeout_s: float, limit: int) -> bytes:
        return self.answer


@pytest.mark.parametrize(
    ("end", "report", "told"),
    [
        (
            "ended",
            b'{"status": "not compiled", "error": {"type": "SyntaxError", "trace": "line 2: what?"}}',
            "line 2: what?",
        ),
        ("cpu", b"", "The compiler took longer than 10 s."),
        ("memory", b"", "The compiler needed more memory than there is."),
        ("ended", b"", "The compiler ended without a word."),
        ("ended", b'{"status": "returned", "value": 7}', "The compiler ended without a word."),
    ],
)
def test_what_a_compiler_says_is_the_first_cases_and_no_case_is_run(end: str, report: bytes, told: str) -> None:
    job = job_of("abc")
    runs = Conversation(Compiler(end, report), job, []).conduct()
    assert [run.status for run in runs] == [RunStatus.NOT_COMPILED, RunStatus.NOT_RUN, RunStatus.NOT_RUN]
    judgement = judge_runs(job, runs)
    assert (judgement.verdict, judgement.compile_output) == (Verdict.COMPILE_ERROR, told)


def test_a_box_that_dies_of_a_program_that_it_compiles_is_not_ours() -> None:
    box = Recorder(holds_inputs=True)

    def dies(timeout_s: float, limit: int) -> bytes:
        raise BoxDied("it ended")

    box.receive = dies  # type: ignore[method-assign]
    with pytest.raises(BoxLost):
        Conversation(box, job_of("abc"), []).conduct()
