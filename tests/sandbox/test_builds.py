"""Images that are missing are built while everything else goes on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from sandbox.backend import images_of, usual_spec
from sandbox.backends.stub import StubBackend
from sandbox.builds import BEING_SET_UP, BUILT_NOW, WAITS, BackgroundBuilds
from sandbox.errors import EngineUnavailable, SandboxError
from sandbox.images import first_images
from sandbox.service import Sandbox
from tests.sandbox.test_pool import until


class Engine:
    """Images that are there, and a build that takes as long as `go` is not set."""

    def __init__(self, *built: str) -> None:
        self.built = set(built)
        self.order: list[str] = []
        self.fails: dict[str, Exception] = {}
        self.go = threading.Event()
        self.begun = threading.Event()

    def is_built(self, image: str) -> bool:
        return image in self.built

    def build(self, image: str) -> None:
        self.order.append(image)
        self.begun.set()
        assert self.go.wait(30)
        if error := self.fails.pop(image, None):
            raise error
        self.built.add(image)


@contextmanager
def building(engine: Engine, *images: str, again_s: float = 0.01) -> Iterator[BackgroundBuilds]:
    builds = BackgroundBuilds(images, engine.build, engine.is_built, again_s)
    builds.start()
    try:
        yield builds
    finally:
        builds.stop()
        engine.go.set()


def test_missing_ones_are_built_in_their_order() -> None:
    engine = Engine("first")
    with building(engine, "first", "second", "third") as builds:
        assert engine.begun.wait(30)
        assert builds.why_not(["first"]) == ""
        assert builds.why_not(["first", "second"]) == BUILT_NOW
        assert builds.why_not(["third"]) == WAITS
        engine.go.set()
        until(lambda: not builds.why_not(["second", "third"]))
    assert engine.order == ["second", "third"]


@pytest.mark.parametrize("error", [SandboxError("apt failed\nlong log"), ValueError("odd"), OSError("disk")])
def test_one_that_fails_is_told_and_tried_again_behind_the_others(error: Exception) -> None:
    engine = Engine()
    engine.go.set()
    engine.fails["bad"] = error
    with building(engine, "bad", "good") as builds:
        until(lambda: engine.built == {"bad", "good"} and not builds.why_not(["bad", "good"]))
    assert engine.order == ["bad", "good", "bad"]


def test_why_one_failed_is_one_sentence() -> None:
    engine = Engine()
    engine.go.set()
    engine.fails["bad"] = SandboxError("apt failed\nlong log")
    with building(engine, "bad", again_s=3600) as builds:
        until(lambda: "apt failed" in builds.why_not(["bad"]))
        assert "long log" not in builds.why_not(["bad"])
        assert not builds.why_not(["bad"]).startswith(BEING_SET_UP)


def test_where_no_engine_answers_it_is_asked_again() -> None:
    engine = Engine()
    engine.go.set()
    answers = iter([True, False])

    def is_built(image: str) -> bool:
        if next(answers, False):
            raise EngineUnavailable("no engine answers")
        return engine.is_built(image)

    builds = BackgroundBuilds(["one"], engine.build, is_built, 0.01)
    builds.start()
    until(lambda: engine.built == {"one"})


class Vanishing(dict[str, str]):
    """Reasons of which each is gone as soon as somebody has seen that it is there."""

    def __contains__(self, image: object) -> bool:
        return self.pop(str(image), None) is not None


def test_one_that_is_ready_while_somebody_asks_is_no_error() -> None:
    builds = BackgroundBuilds([], lambda image: None, lambda image: True)
    builds._reasons = Vanishing(one=WAITS)
    assert builds.why_not(["one"]) in ("", WAITS)


def test_what_nobody_foresaw_ends_no_builder() -> None:
    engine = Engine()
    engine.go.set()
    odd = iter([True])

    def is_built(image: str) -> bool:
        if next(odd, False):
            raise RuntimeError("odd")
        return engine.is_built(image)

    builds = BackgroundBuilds(["one", "two"], engine.build, is_built, 0.01)
    builds.start()
    until(lambda: engine.built == {"one", "two"})


def test_a_sort_of_boxes_cannot_be_had_before_all_its_images_are_built() -> None:
    engine = Engine("data", "service")
    builds = BackgroundBuilds(["data", "service", "suite", "other"], engine.build, engine.is_built)
    with Sandbox(StubBackend(), builds=builds) as sandbox:
        assert engine.begun.wait(30)
        why: Callable[[str], str] = sandbox.why_not
        assert [why("data"), why("service")] == ["", BUILT_NOW]
        engine.go.set()
        until(lambda: not why("service"))


def test_the_first_images_are_those_of_every_installation() -> None:
    assert set(first_images()) == {"python", *images_of(usual_spec("service"))}
