"""The sandbox as everybody else sees it: jobs in, judgements or runs out."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import TracebackType
from typing import Any

from sandbox.attempts import observe, spec_of
from sandbox.backend import Backend, BoxSpec, images_of, usual_spec
from sandbox.builds import BackgroundBuilds, build_quietly
from sandbox.capacity import Capacity, Cost, TrialBoxes
from sandbox.errors import JobRefused, JudgingFailed, SandboxError
from sandbox.judge import judge_error, judge_runs
from sandbox.live import LiveService
from sandbox.model import AnyJob, Case, Judgement, Run, ServiceJob
from sandbox.pool import Pool
from sandbox.runner import OnCase
from sandbox.services import check_service
from sandbox.settings import SandboxSettings, SandboxStatus
from sandbox.signature import Class, Function, Query
from sandbox.stage import Stage
from sandbox.tables import is_table


class Sandbox:
    """Judges jobs, each in a box that nothing else works in. Threads may share it.

    `start` fills the pool in the background; without it every job waits for a box of its own. `close` leaves no box.
    """

    def __init__(
        self,
        backend: Backend,
        pool_sizes: Mapping[BoxSpec, int] | None = None,
        max_boxes: int = 16,
        max_memory_mib: int = 6400,
        builds: BackgroundBuilds | None = None,
    ) -> None:
        self._backend = backend
        self._builds = builds
        self._pool = Pool(backend, pool_sizes or {})
        self._capacity = Capacity(Cost(max_boxes, max_memory_mib))

    def judge(self, job: AnyJob, on_case: OnCase | None = None) -> Judgement:
        """Run all cases and judge them. Failures of ours make a judge error.

        Raises EngineUnavailable where no engine answers: nothing was judged, ask again later. Raises JobRefused for a
        job that cannot be judged as it stands.
        """
        try:
            return judge_runs(job, self.run(job, on_case))
        except JudgingFailed as error:
            return judge_error(job, str(error))

    def run(self, job: AnyJob, on_case: OnCase | None = None) -> tuple[Run, ...]:
        """Run all cases and say what was seen of each. Raises EngineUnavailable, JobRefused, JudgingFailed."""
        check(job)
        with self._capacity.room_for(spec_of(job)):
            return observe(job, self._pool, on_case)

    def why_not(self, sort: str) -> str:
        """Why no box of a sort can be had now, in a sentence; empty where one can, and where nobody has tried.

        It asks no engine.
        """
        missing = self._builds.why_not(images_of(usual_spec(sort))) if self._builds is not None else ""
        return missing or str(self._pool.why_not(sort) or "")

    def open_service(self, job: ServiceJob) -> LiveService:
        """Boxes in which a service can be tried out, not started yet. Close it, or they are lost until we end.

        Raises NoRoom, EngineUnavailable, ImageMissing, BoxDied, JobRefused.
        """
        boxes = TrialBoxes(self._pool, self._capacity)
        box = boxes.take(usual_spec("service"))
        try:
            stage = Stage(box, job)
            stage.open()
        except BaseException:
            boxes.give_back(box)
            raise
        return LiveService(box, stage, boxes)

    def status(self) -> SandboxStatus:
        """Cheap while boxes stand ready; else it asks the engine."""
        warm, trouble = self._pool.warm, self._pool.trouble
        if trouble is None and not warm:
            trouble = self._ask()
        message = "" if trouble is None else str(trouble)
        return SandboxStatus(trouble is None, warm, message, self._backend.why_single)

    def start(self) -> None:
        if self._builds is not None:
            self._builds.start()
        self._pool.start()

    def close(self) -> None:
        """Throw all boxes away. Jobs that are under way raise EngineUnavailable: they were not judged."""
        if self._builds is not None:
            self._builds.stop()
        self._capacity.close()
        self._pool.close()
        self._backend.close()

    def __enter__(self) -> Sandbox:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _ask(self) -> SandboxError | None:
        try:
            self._backend.ping()
        except SandboxError as error:
            return error
        return None


def open_sandbox(settings: SandboxSettings) -> Sandbox:
    """The sandbox that the settings describe, not started yet. Raises SandboxError for an unknown backend."""
    sizes = {usual_spec(image): count for image, count in settings.warm.items()}
    return Sandbox(_backend(settings), sizes, settings.max_boxes, settings.max_memory_mib, _builds(settings))


def check(job: AnyJob) -> None:
    """Refuse what could not be judged. Raises JobRefused, naming the case."""
    if not job.cases:
        raise JobRefused("the job has no cases")
    if isinstance(job, ServiceJob):
        check_service(job)
        return
    for case in job.cases:
        match job.signature:
            case Class() as signature:
                _check_calls(signature, case.name, case.arguments)
            case Function() as signature:
                _check_count(signature, case.name, len(case.arguments))
            case Query() as signature:
                _check_table(signature, case)


def _check_calls(signature: Class, case: str, calls: tuple[object, ...]) -> None:
    functions = {function.name: function for function in (signature.constructor, *signature.methods)}
    if not calls:
        raise JobRefused(f"case {case!r} makes no calls: the constructor first, then methods")
    for position, call in enumerate(calls):
        if not isinstance(call, list | tuple) or not call or not isinstance(call[0], str):
            raise JobRefused(f"case {case!r}: call {position + 1} is no list that begins with a method's name")
        function = functions.get(call[0])
        if function is None or (function is signature.constructor) != (position == 0):
            raise JobRefused(f"case {case!r}: call {position + 1}, {call[0]!r}: the constructor first, then methods")
        if len(call) - 1 != len(function.parameters):
            _check_count(function, f"{case}, call {position + 1}", len(call) - 1)


def _check_table(signature: Query, case: Case) -> None:
    if not all(isinstance(part, str) for part in case.arguments):
        raise JobRefused(f"case {case.name!r}: the arguments of a query are scripts in SQL")
    if case.judged and not is_table(case.expected):
        raise JobRefused(f"case {case.name!r}: the expected answer of a query is a table")
    names = [name for name, _ in case.expected["columns"]] if case.judged else []
    if unknown := [key for key in signature.keys if case.judged and key not in names]:
        raise JobRefused(f"case {case.name!r}: the answer is ordered by {unknown[0]!r}, which is none of its columns")


def _check_count(function: Function, case: str, given: int) -> None:
    if given != len(function.parameters):
        wanted = len(function.parameters)
        raise JobRefused(f"case {case!r}: {function.name} takes {wanted} arguments, {given} are given")


def _backend(settings: SandboxSettings) -> Backend:
    """Only the wanted one is imported: the client of an engine is larger than all that stands before it."""
    if settings.backend not in ("docker", "stub"):
        raise SandboxError(f"backend: {settings.backend!r} is unknown; use 'docker' or 'stub'")
    backends = import_module(f"sandbox.backends.{settings.backend}")
    backend: Backend = (
        backends.DockerBackend(settings.docker_host, boxes=settings.boxes)
        if settings.backend == "docker"
        else backends.StubBackend()
    )
    return backend


def _builds(settings: SandboxSettings) -> BackgroundBuilds | None:
    """What builds the wanted images on the engine of these settings."""
    if settings.backend != "docker" or not settings.builds:
        return None
    images, stores = import_module("sandbox.images"), import_module("sandbox.backends.image_store")

    def store() -> Any:
        return stores.ImageStore(settings.docker_host)

    return BackgroundBuilds(
        settings.builds,
        build_quietly(lambda image, steps: images.build(image, steps, store())),
        lambda image: images.is_built(image, store()),
    )
