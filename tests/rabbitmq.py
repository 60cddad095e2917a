"""A RabbitMQ server of the tests' own: on loopback, with its own folder, name and register of names."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pika
import trustme
from pika.adapters.blocking_connection import BlockingChannel
from pika.exceptions import AMQPError, ChannelClosedByBroker

from tests.ports import free_port

PROGRAM = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
"""Debian's. The one on the path changes the user and the folders."""
USER, PASSWORD = "trainer", "hush-hush"
QUEUES = ("trainer.judging", "trainer.brief", "trainer.slow")
START_TRIES, EACH_S = 600, 0.1
STOP_S = 60
FRUGAL = "+S 1:1 +sbwt none +sbwtdcpu none +sbwtdio none -start_epmd false -kernel inet_dist_use_interface {127,0,0,1}"
SETTINGS = """
listeners.tcp.1 = 127.0.0.1:{port}
listeners.ssl.1 = 127.0.0.1:{tls_port}
ssl_options.certfile = {folder}/server.pem
ssl_options.keyfile = {folder}/server.key
ssl_options.verify = verify_none
ssl_options.fail_if_no_peer_cert = false
default_user = {user}
default_pass = {password}
disk_free_limit.absolute = 1MB
log.file = false
log.console = false
"""


class RabbitServer:
    """Started and stopped as often as one likes, at the same address. Each start finds an empty disk."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="trainer-rabbitmq-"))
        self.port, self._tls_port, self._names_port, self._own_port = (free_port() for _ in range(4))
        self.authority = self._folder / "authority.pem"
        self._names: subprocess.Popen[bytes] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._write_settings()

    @property
    def url(self) -> str:
        return f"amqp://{USER}:{PASSWORD}@127.0.0.1:{self.port}"

    @property
    def tls_url(self) -> str:
        return f"amqps://{USER}:{PASSWORD}@localhost:{self._tls_port}"

    def start(self) -> None:
        shutil.rmtree(self._folder / "data", ignore_errors=True)
        if self._names is None:
            self._names = subprocess.Popen(["epmd", "-address", "127.0.0.1", "-port", str(self._names_port)])
        with (self._folder / "output").open("wb") as output:
            self._process = subprocess.Popen(
                [PROGRAM], env=self._environment(), stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )
        self._wait_until_it_answers(self._process)

    def stop(self) -> None:
        """At once, as by a power cut: nothing of it is kept."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(STOP_S)
            self._process = None

    def end(self) -> None:
        self.stop()
        if self._names is not None:
            self._names.terminate()
            self._names.wait(STOP_S)
        shutil.rmtree(self._folder, ignore_errors=True)

    @contextmanager
    def channel(self) -> Iterator[BlockingChannel]:
        """To do what others may do with queues."""
        with closing(pika.BlockingConnection(pika.URLParameters(self.url))) as connection:
            yield connection.channel()

    def emptied(self) -> RabbitServer:
        """Itself, without the queues of earlier tests."""
        with self.channel() as channel:
            for queue in QUEUES:
                channel.queue_delete(queue)
        return self

    def ready(self, queue: str) -> int:
        """How many messages wait in a queue for somebody who takes them; -1 where there is none of this name."""
        with self.channel() as channel:
            try:
                return int(channel.queue_declare(queue, passive=True).method.message_count)
            except ChannelClosedByBroker:
                return -1

    def _wait_until_it_answers(self, process: subprocess.Popen[bytes]) -> None:
        ticks = threading.Event()
        for _ in range(START_TRIES):
            assert process.poll() is None, (self._folder / "output").read_text()
            try:
                with self.channel():
                    return
            except AMQPError:
                ticks.wait(EACH_S)
        raise AssertionError((self._folder / "output").read_text())

    def _environment(self) -> dict[str, str]:
        return os.environ | {
            "HOME": str(self._folder),  # where the secret lies by which its programs know each other
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "ERL_EPMD_PORT": str(self._names_port),
            "RABBITMQ_NODENAME": f"trainer-{self.port}@localhost",
            "RABBITMQ_DIST_PORT": str(self._own_port),
            "RABBITMQ_CONFIG_FILE": str(self._folder / "rabbitmq.conf"),
            "RABBITMQ_CONF_ENV_FILE": str(self._folder / "none"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self._folder / "plugins"),
            "RABBITMQ_MNESIA_BASE": str(self._folder / "data"),
            "RABBITMQ_LOG_BASE": str(self._folder / "log"),
            "RABBITMQ_PID_FILE": str(self._folder / "pid"),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": FRUGAL,
            "RUNNING_UNDER_SYSTEMD": "1",  # it becomes the process that we know, in place of one beside it
        }

    def _write_settings(self) -> None:
        authority = trustme.CA()
        authority.cert_pem.write_to_path(str(self.authority))
        server = authority.issue_cert("localhost")
        server.private_key_pem.write_to_path(str(self._folder / "server.key"))
        for part in server.cert_chain_pems:
            part.write_to_path(str(self._folder / "server.pem"), append=True)
        settings = SETTINGS.format(
            port=self.port, tls_port=self._tls_port, folder=self._folder, user=USER, password=PASSWORD
        )
        (self._folder / "rabbitmq.conf").write_text(settings)
        (self._folder / "plugins").write_text("[].\n")
