"""A PostgreSQL server of the tests' own: below one folder, reached by a socket in it, gone when the tests are."""

from __future__ import annotations

import os
import pwd
import random
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import psycopg
import sqlalchemy as sa

from trainer import migrate

OWNER = "trainer"
TEMPLATE = "migrated"
SHARED = "tests"
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "max_connections=300")
DURABLE = tuple(option for option in FAST if not option.startswith("synchronous_commit"))
"""What is committed survives `crash`."""
START_S = 60
EMPTY = """
DO $$ DECLARE name text; BEGIN
  SET LOCAL session_replication_role = replica;
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
    EXECUTE 'DELETE FROM ' || quote_ident(name);
  END LOOP;
  PERFORM setval(oid, 1, false) FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace;
END $$
"""
"""Eight milliseconds; TRUNCATE takes 50, a copy of the template 150."""


def find_binaries() -> Path | None:
    """Where Debian, or the path, has PostgreSQL's programs, the newest first."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: float(path.parts[-3]))
    found = str(debian[-1]) if debian else shutil.which("postgres")
    return Path(found).parent if found else None


class PostgresServer:
    """Started by `start`. Databases are copies of one that the migrations have made."""

    def __init__(self, binaries: Path, options: Sequence[str] = FAST) -> None:
        self._binaries = binaries
        self._options = [word for one in options for word in ("-c", one)]
        self._folder = Path(tempfile.mkdtemp(prefix="trainer-postgres-"))
        self._process: subprocess.Popen[str] | None = None
        self._ready = threading.Event()
        self._log = ""
        self._made = 0
        self._line: psycopg.Connection | None = None

    def start(self) -> None:
        data = self._folder / "data"
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(self._folder, "postgres")
        locale = ("--encoding=UTF8", "--locale=C.UTF-8")
        made = subprocess.run(
            [*self._command("initdb"), "-D", str(data), "-U", OWNER, "-A", "trust", "--no-sync", *locale],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
        self._serve()
        self.run(f"CREATE DATABASE {TEMPLATE}")
        engine = sa.create_engine(self.url(TEMPLATE))
        migrate.upgrade(engine)
        engine.dispose()
        self.run(f"CREATE DATABASE {SHARED} TEMPLATE {TEMPLATE}")

    def crash(self) -> None:
        """End it in the middle of whatever it does: all connections are cut, and transactions are lost."""
        assert self._process is not None
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait(START_S)

    def kill(self) -> None:
        """kill -9 of all its processes at once."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)  # it starts no others meanwhile
        for pid in (*self._children(), self._process.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait(START_S)

    def kill_a_child(self, chance: random.Random) -> None:
        """kill -9 of the process of one connection: all are cut, and the server begins anew by itself.

        Without connections nothing is killed: it would not come back from the death of the one that recovers it.
        """
        serving = [pid for pid in self._children() if _command(pid).startswith(f"postgres: {OWNER} ")]
        if serving:
            with suppress(ProcessLookupError):
                os.kill(chance.choice(serving), signal.SIGKILL)

    def _children(self) -> list[int]:
        assert self._process is not None
        pid = self._process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def recover(self) -> None:
        """Start it again after `crash` or `kill`."""
        self._ready.clear()
        self._serve()

    def _serve(self) -> None:
        options = ["-D", str(self._folder / "data"), "-k", str(self._folder), "-c", "listen_addresses="]
        self._process = subprocess.Popen(
            [*self._command("postgres"), *options, *self._options],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        threading.Thread(target=self._listen, name="postgres log", daemon=True).start()
        assert self._ready.wait(START_S), self._log
        assert self._process.poll() is None, self._log

    def stop(self) -> None:
        if self._line is not None:
            self._line.close()
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)  # ends the connections that are left, too
            self._process.wait(START_S)
        shutil.rmtree(self._folder)

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://{OWNER}@/{name}?host={self._folder}"

    def emptied(self) -> str:
        """Address of the one database that most tests share, without rows.

        The connection that empties it is kept: the server knows the tables, and need not look them up each time.
        """
        if self._line is not None:
            try:
                self._line.execute(EMPTY)
                return self.url(SHARED)
            except psycopg.OperationalError:  # a test ended all connections
                self._line.close()
        self._line = psycopg.connect(f"host={self._folder} user={OWNER} dbname={SHARED}", autocommit=True)
        self._line.execute(EMPTY)
        return self.url(SHARED)

    def fresh(self, *, migrated: bool = True) -> str:
        """Address of a database that nobody else has, with all tables or with none."""
        self._made += 1
        name = f"fresh{self._made}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE if migrated else 'template0'}")
        return self.url(name)

    def run(self, statement: str, name: str = "postgres") -> None:
        """A statement in a transaction of its own, as the server's owner."""
        engine = sa.create_engine(self.url(name), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()

    def _command(self, program: str) -> list[str]:
        """As somebody else where this is root; it ends with this process, however that ends."""
        path = str(self._binaries / program)
        user = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
        who = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"] if user else []
        return ["setpriv", *who, "--pdeathsig=INT", path]

    def _listen(self) -> None:
        assert self._process is not None
        assert self._process.stderr is not None
        with self._process.stderr as log:
            for line in log:
                self._log += line
                if "ready to accept connections" in line:
                    self._ready.set()
        self._ready.set()


def _command(pid: int) -> str:
    """Empty where the process has ended."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return ""
