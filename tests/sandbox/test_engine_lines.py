"""The engine is reached by whatever line DOCKER_HOST names, TLS as well, and one that is silent is soon given up."""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import SimpleQueue

import pytest
import trustme

from sandbox import EngineUnavailable, Sandbox, Verdict
from sandbox.backends import docker as engine
from sandbox.backends.docker import DockerBackend
from tests.sandbox.test_engine_trouble import JOB

pytestmark = pytest.mark.engine
SOCKET = "/var/run/docker.sock"


@contextmanager
def relay(secured: ssl.SSLContext | None = None) -> Iterator[str]:
    """A port of this machine that leads to the engine. Its address, as host and port."""
    address: SimpleQueue[str] = SimpleQueue()
    loop = asyncio.new_event_loop()
    over = asyncio.Event()

    async def serve() -> None:
        server = await asyncio.start_server(lead, "127.0.0.1", 0, ssl=secured)
        address.put(f"127.0.0.1:{server.sockets[0].getsockname()[1]}")
        await over.wait()
        server.close()
        leading = asyncio.all_tasks() - {asyncio.current_task()}
        for task in leading:
            task.cancel()
        await asyncio.gather(*leading, return_exceptions=True)

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    try:
        yield address.get(timeout=20)
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()
        loop.close()


async def lead(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    there, here = await asyncio.open_unix_connection(SOCKET)
    try:
        await asyncio.gather(pump(reader, here), pump(there, writer))
    finally:
        for end in (here, writer):
            end.transport.abort()


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError, ssl.SSLError):
        while data := await reader.read(1 << 16):
            writer.write(data)
            await writer.drain()
    with suppress(ConnectionError, ssl.SSLError, NotImplementedError):
        writer.write_eof() if writer.can_write_eof() else writer.close()


def test_a_job_is_judged_over_tcp(images: None) -> None:
    with relay() as address, Sandbox(DockerBackend(f"tcp://{address}")) as sandbox:
        assert [sandbox.judge(JOB).verdict for _ in range(2)] == [Verdict.ACCEPTED] * 2


@pytest.fixture
def certificates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """Those of an engine that lets in only who has one of the same authority; ours lie where the environment says."""
    authority = trustme.CA()
    own, theirs = authority.issue_cert("client@example.org"), authority.issue_cert("127.0.0.1")
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    own.private_key_pem.write_to_path(tmp_path / "key.pem")
    (tmp_path / "cert.pem").write_bytes(b"".join(blob.bytes() for blob in own.cert_chain_pems))
    monkeypatch.setenv("DOCKER_TLS_VERIFY", "1")
    monkeypatch.setenv("DOCKER_CERT_PATH", str(tmp_path))
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    secured = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    theirs.configure_cert(secured)
    authority.configure_trust(secured)
    secured.verify_mode = ssl.CERT_REQUIRED
    return secured


def test_a_job_is_judged_over_tls(images: None, certificates: ssl.SSLContext) -> None:
    """Whoever names the engine, as the trainer's settings do, the certificates are those of the environment."""
    with relay(certificates) as address, Sandbox(DockerBackend(f"tcp://{address}")) as sandbox:
        assert [sandbox.judge(JOB).verdict for _ in range(2)] == [Verdict.ACCEPTED] * 2


def test_without_a_certificate_nobody_answers(
    images: None, certificates: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with relay(certificates) as address:
        monkeypatch.delenv("DOCKER_TLS_VERIFY")
        monkeypatch.delenv("DOCKER_CERT_PATH")
        backend = DockerBackend(f"tcp://{address}")
        with pytest.raises(EngineUnavailable):
            backend.ping()
        backend.close()


@pytest.mark.parametrize("line", ["unix", "tcp"])
def test_an_engine_that_is_silent_is_given_up_soon(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert engine.PING_TIMEOUT_S <= 5
    monkeypatch.setattr(engine, "PING_TIMEOUT_S", 0.2)
    family = socket.AF_UNIX if line == "unix" else socket.AF_INET
    with socket.socket(family) as listener:
        listener.bind(os.fspath(tmp_path / "socket") if line == "unix" else ("127.0.0.1", 0))
        listener.listen()
        name = listener.getsockname()
        backend = DockerBackend(f"unix://{name}" if line == "unix" else f"tcp://127.0.0.1:{name[1]}")
        began = time.monotonic()
        status = Sandbox(backend).status()
        assert not status.available
        assert "no Docker-compatible engine answers" in status.message
        assert time.monotonic() - began < engine.API_TIMEOUT_S / 4
        backend.close()
