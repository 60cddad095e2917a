"""Trouble of one sort of box is that sort's alone: all others are had as usual, and it comes back by itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from types import SimpleNamespace

import pytest

from sandbox import EngineUnavailable, Sandbox, SandboxError, Verdict
from sandbox.backend import DATA, Box, BoxSpec, usual_spec
from sandbox.backends import troubles
from sandbox.backends.docker import DockerBackend
from sandbox.backends.stub import StubBackend
from sandbox.backends.troubles import LONGEST_PAUSE_OF_SORT_S, SortUnavailable, Troubles, sort_of
from sandbox.errors import BoxDied, BoxUnfit, ImageMissing
from sandbox.images import image_name, images
from sandbox.pool import Pool
from tests.sandbox.test_pool import JOB, until

PYTHON, SERVICE = usual_spec("python"), usual_spec("service")
SIZES = {PYTHON: 2, DATA: 1, SERVICE: 1}
MISSING = ImageMissing("image trainer-box-suite:1 is not built: run python -m sandbox build")


@pytest.fixture
def backend() -> StubBackend:
    return StubBackend(keeps=True)


@pytest.fixture
def pool(backend: StubBackend) -> Iterator[Pool]:
    """Its sets of boxes for services cannot be made."""
    backend.broken["service"] = MISSING
    with closing(Pool(backend, SIZES)) as opened:
        opened.start()
        until(lambda: opened.warm == 3 and opened.why_not("service") is MISSING)
        yield opened


def test_every_usual_box_is_of_the_sort_that_it_is_called_by() -> None:
    alone = [image for image in images() if image != "suite"]
    assert [sort_of(usual_spec(image)) for image in alone] == alone


def test_the_others_are_made_and_judge(backend: StubBackend) -> None:
    backend.broken["service"] = MISSING
    with Sandbox(backend, SIZES) as sandbox:
        until(lambda: sandbox.status().warm == 3 and bool(sandbox.why_not("service")))
        assert sandbox.status().available
        assert sandbox.judge(JOB).verdict is Verdict.ACCEPTED
        assert [sandbox.why_not(sort) for sort in ("python", "data", "service")] == ["", "", str(MISSING)]


def test_it_comes_back_by_itself(pool: Pool, backend: StubBackend) -> None:
    backend.broken.clear()
    until(lambda: pool.warm == 4)
    assert pool.why_not("service") is None
    assert len(pool.take(SERVICE).id) > 0


def test_whoever_wants_one_is_told_to_ask_again(pool: Pool) -> None:
    with pytest.raises(SortUnavailable, match=r"'service'.*not built") as told:
        pool.take(SERVICE)
    assert told.value.sort == "service"
    assert isinstance(told.value, EngineUnavailable), "so that the job is put back, and no judge error"


def test_where_nothing_brings_it_back_the_error_itself_is_told(backend: StubBackend) -> None:
    backend.broken["service"] = MISSING
    pool = Pool(backend, {})
    with pytest.raises(ImageMissing):
        pool.take(SERVICE)
    assert pool.why_not("service") is None


def test_one_that_is_not_kept_ready_is_found_out_when_it_is_wanted_and_tried_again(backend: StubBackend) -> None:
    backend.broken["data"] = BoxDied("PostgreSQL refused to start")
    with closing(Pool(backend, {PYTHON: 1})) as pool:
        pool.start()
        assert pool.why_not("data") is None, "nobody has tried"
        with pytest.raises(SortUnavailable):
            pool.take(DATA)
        assert str(pool.why_not("data")) == "PostgreSQL refused to start"
        assert pool.trouble is None
        backend.broken.clear()
        until(lambda: pool.why_not("data") is None and pool.warm == 2)
        assert backend.started.count(DATA) == 1
        pool.take(DATA)
        assert backend.started.count(DATA) == 1, "the box with which it was tried is used"


def test_whoever_succeeds_ends_the_trouble(pool: Pool, backend: StubBackend, monkeypatch: pytest.MonkeyPatch) -> None:
    start = backend.start

    def start_for_takers(spec: BoxSpec) -> Box:
        if threading.current_thread() is not threading.main_thread():
            raise MISSING
        backend.broken.clear()
        return start(spec)

    monkeypatch.setattr(backend, "start", start_for_takers)
    pool.give_back(pool.take(SERVICE), again=True)
    until(lambda: pool.warm == 4)
    assert pool.why_not("service") is None


def test_boxes_that_stand_ready_are_handed_out_though_no_more_can_be_made(pool: Pool, backend: StubBackend) -> None:
    backend.broken["python"] = BoxDied("no memory is left")
    held = [pool.take(PYTHON), pool.take(PYTHON)]
    with pytest.raises(SortUnavailable):
        pool.take(PYTHON)
    assert pool.why_not("python") is not None
    pool.give_back(held.pop(), again=True)
    until(lambda: pool.why_not("python") is None)
    assert pool.take(PYTHON).alive()
    pool.give_back(held.pop(), again=True)


def test_all_kept_sorts_in_trouble_leave_nothing_to_judge_in(backend: StubBackend) -> None:
    backend.broken = {"python": BoxDied("first"), "data": BoxDied("second"), "service": MISSING}
    with Sandbox(backend, SIZES) as sandbox:
        until(lambda: not sandbox.status().available)
        assert sandbox.status().message == "first"
        backend.broken.pop("data")
        until(lambda: sandbox.status().available)
        assert [sort for sort in ("python", "data", "service") if sandbox.why_not(sort)] == ["python", "service"]


class Choosy(StubBackend):
    """Starts no box of these specs, whatever others of their sort do."""

    def __init__(self, error: SandboxError, *refused: BoxSpec) -> None:
        super().__init__(keeps=True)
        self.error, self.refused = error, refused

    def start(self, spec: BoxSpec) -> Box:
        if spec in self.refused:
            raise self.error
        return super().start(spec)


LARGE = replace(PYTHON, memory_mib=64_000)


def test_a_box_that_asks_for_too_much_takes_no_other_away() -> None:
    with closing(Pool(Choosy(BoxUnfit("no machine is so large"), LARGE), {PYTHON: 1})) as pool:
        pool.start()
        with pytest.raises(BoxUnfit):
            pool.take(LARGE)
        assert pool.why_not("python") is None
        assert pool.take(PYTHON).alive()


@pytest.mark.parametrize(
    ("error", "refused"),
    [(BoxUnfit("no namespaces"), (LARGE, PYTHON)), (ImageMissing("not built"), (LARGE,))],
)
def test_a_box_that_cannot_be_made_for_its_sort_s_trouble_is_waited_for(
    error: SandboxError, refused: tuple[BoxSpec, ...]
) -> None:
    with closing(Pool(Choosy(error, *refused), {})) as pool:
        pool.start()
        with pytest.raises(SortUnavailable):
            pool.take(LARGE)
        assert pool.why_not("python") is error


class Hanging(StubBackend):
    """Boxes of two sorts fail at once at first, and hang from then on."""

    def __init__(self) -> None:
        super().__init__(keeps=True)
        self.tried: set[str] = set()
        self.hanging = threading.Semaphore(0)
        self.go_on = threading.Event()

    def start(self, spec: BoxSpec) -> Box:
        sort = sort_of(spec)
        if sort != "python" and sort in self.tried:
            self.hanging.release()
            self.go_on.wait(60)
        self.tried.add(sort)
        if sort != "python":
            raise BoxDied("the box never became ready")
        return super().start(spec)


def test_sorts_that_take_long_to_fail_keep_no_other_from_being_made() -> None:
    backend = Hanging()
    with closing(Pool(backend, SIZES)) as pool:
        pool.start()
        assert backend.hanging.acquire(timeout=20)
        until(lambda: pool.warm == 2)
        for box_id in tuple(backend.open):
            backend.open.discard(box_id)
        until(lambda: pool.warm == 2 and len(backend.open) == 2)
        assert not backend.hanging.acquire(blocking=False), "one is tried at a time"
        backend.go_on.set()


def test_an_engine_that_answers_is_not_away_where_one_sort_fails_like_that(backend: StubBackend) -> None:
    backend.broken["service"] = EngineUnavailable("no answer came within 60 s")
    with closing(Pool(backend, SIZES)) as pool:
        pool.start()
        until(lambda: pool.warm == 3 and pool.why_not("service") is not None)
        assert pool.trouble is None
        backend.available = False
        with pytest.raises(EngineUnavailable):
            pool.take(replace(DATA, memory_mib=300))
        assert all(pool.why_not(sort) is pool.trouble is not None for sort in ("python", "data", "service"))
        backend.available = True
        backend.broken.clear()
        until(lambda: pool.warm == 4)
        assert pool.trouble is None


def test_pauses_grow_up_to_a_bound_and_begin_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(troubles, "time", SimpleNamespace(monotonic=lambda: now[0]))
    found = Troubles(lambda: None)
    assert found.note("data", BoxDied("no"))
    pauses = []
    for _ in range(10):
        pauses.append(found.next_try_s(1_000.0))
        assert found.begin_try() is None
        now[0] += pauses[-1]
        assert found.begin_try() == "data"
        assert found.begin_try() is None, "somebody tries it already"
        now[0] += 30.0  # so long it takes to fail
        found.note("data", BoxDied("no"))
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (0.25, LONGEST_PAUSE_OF_SORT_S)
    assert found.is_well("data")
    assert found.of("data") is None
    assert not found.is_well("data"), "there was no trouble"
    found.note("data", BoxDied("no"))
    assert found.next_try_s(1_000.0) == 0.25


@pytest.mark.engine
@pytest.mark.usefixtures("images")
def test_without_the_suite_s_image_programs_and_queries_have_their_boxes() -> None:
    """On the real engine. When the image is there, services have theirs as well, and nothing was started anew."""
    built: set[str] = set(images()) - {"suite"}

    def image_of(image: str) -> str:
        return image_name(image) if image in built else f"trainer-box-{image}:nobody-built-this"

    with Sandbox(DockerBackend(image_of=image_of), {PYTHON: 1, DATA: 1, SERVICE: 1}) as sandbox:
        until(lambda: sandbox.status().warm == 2 and bool(sandbox.why_not("service")), within_s=120)
        assert "trainer-box-suite:nobody-built-this is not built" in sandbox.why_not("service")
        assert sandbox.status().available
        assert [sandbox.why_not(sort) for sort in ("python", "data")] == ["", ""]
        built.add("suite")
        until(lambda: sandbox.status().warm == 3 and not sandbox.why_not("service"), within_s=120)
