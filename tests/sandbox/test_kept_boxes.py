"""A box that is kept serves strangers one after the other, and none finds anything of those before."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import docker
import pytest

from sandbox import Case, Job, Limits, Run, RunStatus, Sandbox, Verdict, parse_signature, pool
from sandbox.backend import Box, BoxSpec
from sandbox.backends import dialects
from sandbox.backends import docker as engine
from sandbox.backends.docker import DockerBackend
from sandbox.backends.troubles import SortUnavailable
from sandbox.errors import BoxBroken, BoxDied
from sandbox.protocol import answer_limit, case_frame, load_frame, read_head
from sandbox.runner import BoxLost, Conversation
from tests.sandbox.test_pool import until

pytestmark = pytest.mark.engine

SPEC = BoxSpec("python", keep=True)
SIGNATURE = parse_signature("f(word: str) -> list[str]")
SECRET = "plum-jam-7311"
SERIES = 3
ROUNDS = 100
"""So many submissions in each series show what grows; growth of a page a submission is more than the slack."""
SLACK_KIB = 256

TRACES = {
    "files": """
        for folder in ("/tmp", "/dev/shm", "/dev/mqueue", "/var/tmp", "/run", "/dev", "/"):
            try:
                found += [f"{folder}/{name}" for name in os.listdir(folder) if "trace" in name]
                open(f"{folder}/trace", "w").close()
            except OSError:
                pass
    """,
    "the place itself": """
        for folder in ("/tmp", "/dev/shm"):
            seen = os.stat(folder)
            found += [] if seen.st_mode & 0o7777 == 0o1777 else [f"mode of {folder}"]
            found += os.listxattr(folder)
            try:
                os.setxattr(folder, "user.trace", b"trace")
            except OSError:
                pass
            os.chmod(folder, 0o700)
    """,
    "the working folder": """
        found += [] if os.path.samestat(os.stat("."), os.stat("/tmp")) else ["another folder than /tmp"]
        found += os.listdir(".")
        open("trace", "w").close()
    """,
    "abstract sockets": """
        found += [line.split()[-1] for line in open("/proc/net/unix") if "trace" in line]
        end = socket.socket(socket.AF_UNIX)
        end.bind("\\0trace")
        end.listen()
        subprocess.Popen(["sleep", "1000"], pass_fds=[end.fileno()], start_new_session=True)
    """,
    "ports that wait": """
        found += [line.split()[1] for line in open("/proc/net/tcp").read().splitlines()[1:]]
        listener = socket.create_server(("127.0.0.1", 7000))
        near = socket.create_connection(("127.0.0.1", 7000))
        far, _ = listener.accept()
        far.close()
        near.close()
    """,
    "counters of the network": """
        sent = [line.split()[1] for line in open("/proc/net/dev") if line.strip().startswith("lo:")]
        found += [count for count in sent if count != "0"]
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
            any_socket.sendto(b"trace", ("127.0.0.1", 9))
    """,
    "processes": """
        found += [name for name in os.listdir("/proc") if name.isdigit() and int(name) not in (1, os.getpid())]
        found += [] if os.getpid() == 2 else [f"this is process {os.getpid()}"]
        found += [] if open("/proc/loadavg").read().split()[-1] == "2" else ["processes were numbered"]
        for _ in range(5):
            subprocess.Popen(["sleep", "1000"], start_new_session=True)
    """,
    "locks": """
        for place in ("/usr/bin/python3", "/etc/passwd", "/"):
            at = os.open(place, os.O_RDONLY)
            try:
                fcntl.flock(at, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                found.append(f"lock on {place}")
            os.set_inheritable(at, True)
            subprocess.Popen(["sleep", "1000"], pass_fds=[at], start_new_session=True)
    """,
    "what the interpreter holds": """
        found += [name for name in ("trace",) if hasattr(builtins, name)]
        found += [os.environ["TRACE"]] if "TRACE" in os.environ else []
        found += [name for name in sys.modules if "trace" == name.partition(".")[2]]
        builtins.trace = sys.modules["m.trace"] = os.environ["TRACE"] = "trace"
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
        signal.setitimer(signal.ITIMER_REAL, 1000)
    """,
    "names of the machine": """
        found += [] if socket.gethostname() == "box" else [socket.gethostname()]
        try:
            socket.sethostname("trace")
        except OSError:
            pass
    """,
    "counters of the box": """
        for top, _, names in os.walk("/sys"):
            found += [f"{top}/{name}" for name in names]
    """,
    "settings of the kernel": """
        for top, folders, names in os.walk("/proc/sys"):
            for name in names:
                if os.access(f"{top}/{name}", os.W_OK):
                    found.append(f"{top}/{name}")
    """,
    "keys and shared memory of the old kind": """
        for name in ("keys", "sysvipc/shm", "sysvipc/msg", "sysvipc/sem"):
            found += open(f"/proc/{name}").read().splitlines()[name != "keys" :]
    """,
}
"""By what they leave: bodies that say what they find of the last one, and leave the same."""

HEAD = """
import builtins, fcntl, os, signal, socket, subprocess, sys

def f(word):
    found = []
"""
SEARCH = """
import os

def f(word):
    word, found = word.replace("*", "").encode(), []
    with open("/tmp/own", "wb") as own:
        own.write(word)
    for top, folders, names in os.walk("/"):
        if top == "/":
            folders[:] = [name for name in folders if name not in ("usr", "etc", "lib", "var", "bin")]
        if top == "/proc":
            folders[:] = [name for name in folders if name.isdigit() and int(name) != os.getpid()] + ["net", "self"]
        if top == "/proc/self":
            folders[:] = []
        for name in names:
            if name in ("kmsg", "full", "zero", "random", "urandom", "tty", "console", "ptmx", "pagemap", "mem"):
                continue
            try:
                at = os.open(os.path.join(top, name), os.O_RDONLY | os.O_NONBLOCK)
            except OSError:
                continue
            try:
                while chunk := os.read(at, 1 << 20):
                    if word in chunk:
                        found.append(os.path.join(top, name))
            except OSError:
                pass
            finally:
                os.close(at)
    for process in os.listdir("/proc"):
        if process.isdigit() and int(process) != os.getpid():
            for name in ("mem", "maps", "environ", "stack", "fd", "cwd", "root", "exe"):
                path = f"/proc/{process}/{name}"
                try:
                    os.listdir(path) if name == "fd" else open(path, "rb").close()
                    found.append(path)
                except OSError:
                    pass
    return found
"""


def program(body: str) -> str:
    lines = [line[4:] for line in body.splitlines() if line.strip()]
    return HEAD + "\n".join(lines) + "\n    return found\n"


def job_of(source: str, *words: str) -> Job:
    return Job("python", source, SIGNATURE, tuple(Case(word, (word,), judged=False) for word in words or ("once",)))


@dataclass
class Kept:
    """One box that is kept, and what is done with it."""

    box: Box

    def submit(self, job: Job) -> tuple[Run, ...]:
        """One submission after which it is ready for the next. Raises what a box raises."""
        runs = Conversation(self.box, job, []).conduct()
        assert self.box.renew()
        return runs

    def found(self, source: str, *words: str) -> list[Any]:
        runs = self.submit(job_of(source, *words))
        assert {run.status for run in runs} == {RunStatus.RETURNED}, runs
        return [run.value for run in runs]


@pytest.fixture(scope="module")
def backend(images: None) -> Iterator[DockerBackend]:
    opened = DockerBackend(boxes="kept")
    yield opened
    opened.close()


@pytest.fixture
def kept(backend: DockerBackend) -> Iterator[Kept]:
    box = backend.start(SPEC)
    yield Kept(box)
    box.discard()


def test_nothing_that_one_leaves_is_found_by_the_next(kept: Kept) -> None:
    for what, body in TRACES.items():
        for stranger in ("first", "second", "third"):
            assert kept.found(program(body)) == [[]], f"{what}, {stranger}"


def test_the_next_one_finds_no_program_input_or_answer(kept: Kept) -> None:
    owner = f"SECRET = {SECRET!r}\n\ndef f(word):\n    print(word, SECRET)\n    return [word, SECRET]\n"
    assert kept.found(owner, f"input {SECRET}", "another") == [[f"input {SECRET}", SECRET], ["another", SECRET]]
    hidden_from_itself = "*".join(SECRET)
    assert kept.found(SEARCH, hidden_from_itself) == [["/tmp/own"]]  # what it wrote itself, to show that it looks


def test_inputs_that_wait_for_their_turn_are_not_found(kept: Kept) -> None:
    hidden_from_itself = "*".join(SECRET)
    first, *_ = kept.found(SEARCH, hidden_from_itself, SECRET, f"{SECRET} again")
    assert first == ["/tmp/own"]


def test_whoever_wants_no_more_does_not_wait_for_a_case_that_is_under_way(kept: Kept) -> None:
    limits = Limits(time_limit_s=1200)
    source = "def f(word):\n    while word == 'stay':\n        pass\n    return [word]\n"
    job = replace(job_of(source, "go", "stay", "never"), limits=limits)
    kept.box.send(load_frame(job), *map(case_frame, job.cases))
    assert read_head(kept.box.receive(60, answer_limit(limits)))[0]["event"] == "loaded"
    head, rest = read_head(kept.box.receive(60, answer_limit(limits)))
    assert (head["event"], b'"go"' in rest) == ("case", True)
    assert kept.box.renew()
    assert kept.found("def f(word):\n    return [word]\n", "after it") == [["after it"]]


def test_an_answer_does_not_wait_for_the_next_one(kept: Kept) -> None:
    limits = Limits(time_limit_s=1200)
    job = replace(job_of("def f(word):\n    while word == 'stay': pass\n", "go", "stay"), limits=limits)
    kept.box.send(load_frame(job), *map(case_frame, job.cases))
    assert read_head(kept.box.receive(60, answer_limit(limits)))[0]["event"] == "loaded"
    assert read_head(kept.box.receive(60, answer_limit(limits)))[0]["end"] == "ended"


def test_large_inputs_and_answers_pass(kept: Kept) -> None:
    words = [letter * 600_000 for letter in "abcd"]
    runs = kept.submit(job_of("def f(word):\n    return [word, word[::-1]]\n", *words, "short", *words))
    assert [run.value for run in runs] == [[word, word[::-1]] for word in (*words, "short", *words)]


def test_rights_are_none_and_cannot_be_had(kept: Kept) -> None:
    body = """
        import ctypes
        libc = ctypes.CDLL(None, use_errno=True)
        clone = 56 if os.uname().machine == "x86_64" else 220
        for flag in (0x10000000, 0x20000000, 0x00020000, 0x40000000, 0x08000000, 0x04000000, 0x02000000):
            found += ["unshare"] if libc.unshare(flag) == 0 else []
            found += ["clone"] if libc.syscall(clone, flag | 17, 0, 0, 0, 0) >= 0 else []
        for place in (b"/tmp", b"/proc", b"/sys", b"/dev/shm", b"/proc/sys", b"/dev/mqueue"):
            found += ["umount"] if libc.umount2(place, 2) == 0 else []
            found += ["mount"] if libc.mount(b"none", place, b"tmpfs", 0, None) == 0 else []
            found += ["remount"] if libc.mount(b"none", place, None, 32 | 4096, None) == 0 else []
        for name in ("user", "mnt", "pid", "net", "ipc", "uts"):
            found += ["setns"] if libc.setns(os.open(f"/proc/self/ns/{name}", os.O_RDONLY), 0) == 0 else []
        status = dict(line.rstrip().split(":", 1) for line in open("/proc/self/status"))
        found += [name for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb") if int(status[name], 16)]
        found += [] if status["NoNewPrivs"].strip() == "1" and status["Seccomp"].strip() == "2" else ["filter"]
        os.kill(1, signal.SIGKILL)
    """
    assert kept.found(program(body)) == [[]]


def test_it_does_not_grow(kept: Kept, api: docker.APIClient) -> None:
    body = """
        import socket, tempfile, threading
        server = socket.create_server(("127.0.0.1", 0))
        socket.create_connection(server.getsockname())
        tempfile.NamedTemporaryFile(delete=False).write(b"x" * 100_000)
        threading.Thread(target=print, args=(word,)).start()
        subprocess.Popen(["sleep", "1000"], start_new_session=True)
    """
    kept.found(program(body))
    seen = [sizes(api, kept.box)]
    for _ in range(SERIES):
        for _ in range(ROUNDS):
            kept.found(program(body))
        seen.append(sizes(api, kept.box))
    assert {size.pids for size in seen} == {3}
    # The kernel counts in batches and frees late, once up and once down; what grows, grows in each series.
    assert min(after.memory_kib - before.memory_kib for before, after in pairwise(seen)) <= SLACK_KIB, seen


@dataclass(frozen=True)
class Sizes:
    memory_kib: int
    pids: int


def sizes(api: docker.APIClient, box: Box) -> Sizes:
    stats = api.stats(box.id, stream=False, one_shot=True)
    kernel_and_own = stats["memory_stats"]["usage"] - stats["memory_stats"]["stats"].get("cache", 0)
    return Sizes(kernel_and_own >> 10, stats["pids_stats"]["current"])


def test_a_submission_that_ends_its_pid_1_ends_the_box(kept: Kept) -> None:
    body = "        import ctypes\n        block = [bytearray(64 << 20) for _ in range(64)]"
    runs = Conversation(kept.box, job_of(program(body)), []).conduct()
    assert runs[0].status is RunStatus.MEMORY_LIMIT
    assert not kept.box.renew()


def test_a_box_that_ends_meanwhile_is_dead(kept: Kept, api: docker.APIClient) -> None:
    conversation = Conversation(kept.box, job_of("def f(word):\n    while True: pass\n", "one", "two"), [])
    api.kill(kept.box.id)
    with pytest.raises((BoxLost, BoxDied)):
        conversation.conduct()
    assert not kept.box.alive()
    assert not kept.box.renew()


def test_a_host_that_hangs_up_ends_it(kept: Kept, api: docker.APIClient) -> None:
    assert isinstance(kept.box, engine.DockerBox)
    assert kept.box.stream is not None
    kept.box.stream.close()
    assert api.wait(kept.box.name, timeout=20)["StatusCode"] == 0


def test_it_is_kept_for_so_many_submissions(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.found(program(TRACES["files"]))
    monkeypatch.setattr(engine, "MOST_SUBMISSIONS", 2)
    assert not kept.box.renew()
    assert not kept.box.may_serve_again


def test_it_is_kept_for_so_long(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "LONGEST_KEPT_S", 0.0)
    assert not kept.box.may_serve_again
    assert not kept.box.renew()


class TestThePool:
    """Which box a job gets."""

    @pytest.fixture(autouse=True)
    def patient(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A busy machine makes a box ready late; none is started in its place meanwhile."""
        monkeypatch.setattr(pool, "RENEWAL_S", 60.0)

    HONEST = Job("python", "def f(n):\n    return n\n", parse_signature("f(n: int) -> int"), (Case("one", (1,), 1),))
    EXITS = Job("python", "import os\ndef f(n):\n    os._exit(1)\n", HONEST.signature, HONEST.cases)

    def test_one_box_serves_one_after_the_other(self, images: None, own_boxes: Callable[[], list[str]]) -> None:
        before = set(own_boxes())
        with Sandbox(DockerBackend(boxes="kept")) as sandbox:
            assert {sandbox.judge(self.HONEST).verdict for _ in range(5)} == {Verdict.ACCEPTED}
            assert len(set(own_boxes()) - before) == 1
            assert sandbox.status().why_single == ""
        assert set(own_boxes()) <= before

    def test_after_something_odd_it_gets_another(self, images: None, own_boxes: Callable[[], list[str]]) -> None:
        before = set(own_boxes())
        with Sandbox(DockerBackend(boxes="kept")) as sandbox:
            assert sandbox.judge(self.HONEST).verdict is Verdict.ACCEPTED
            first = set(own_boxes()) - before
            assert sandbox.judge(self.EXITS).verdict is Verdict.RUN_TIME_ERROR
            until(lambda: not first & set(own_boxes()))
            assert sandbox.judge(self.HONEST).verdict is Verdict.ACCEPTED

    def test_a_job_may_ask_for_a_box_of_its_own(self, images: None, own_boxes: Callable[[], list[str]]) -> None:
        before = set(own_boxes())
        with Sandbox(DockerBackend(boxes="kept")) as sandbox:
            assert sandbox.judge(replace(self.HONEST, single_box=True)).verdict is Verdict.ACCEPTED
            until(lambda: set(own_boxes()) <= before)


def test_where_boxes_cannot_be_kept_each_serves_once(
    images: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    strict = json.dumps(
        {"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["unshare"], "action": "SCMP_ACT_ERRNO"}]}
    )
    monkeypatch.setattr(dialects, "profile", lambda: strict)
    with Sandbox(DockerBackend(boxes="auto")) as sandbox:
        assert {sandbox.judge(TestThePool.HONEST).verdict for _ in range(2)} == {Verdict.ACCEPTED}
        assert "new namespaces were refused" in sandbox.status().why_single
    assert "each box serves one submission" in caplog.text
    refused = pytest.raises(SortUnavailable, match="new namespaces were refused")
    with Sandbox(DockerBackend(boxes="kept")) as sandbox, refused:
        sandbox.judge(TestThePool.HONEST)


def test_a_harness_that_fails_says_why(kept: Kept) -> None:
    kept.box.send(json.dumps({"source": "no limits are named"}).encode())
    with pytest.raises(BoxBroken, match="the harness failed: KeyError: 'limits'"):
        read_head(kept.box.receive(20, 1 << 10))
    assert not kept.box.renew()
