"""Runs one query on one data set: the mentor's script fills a schema, then the student's role asks, once.

The query goes out by the extended protocol, which takes one statement, and is read row by row, so that no result is
held that is larger than allowed. What comes back are PostgreSQL's own texts of the values, with the names of their
types: nothing here decides what equals what.
"""

from __future__ import annotations

import json
import os
import select
import signal
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from psycopg.pq import ConnStatus, DiagnosticField, ExecStatus, PGconn
from psycopg.pq.abc import PGconn as Line
from psycopg.pq.abc import PGresult as Result

from sandbox.harness.counters import Counters
from sandbox.harness.frames import Closed
from sandbox.harness.patience import patience_s, starved_process_s
from sandbox.images.data.databases import BLANK, Databases, connect_admin, execute
from sandbox.images.data.servers import Postgres, ServerFailed, conninfo

MOST_ROWS = 5_000
MOST_COLUMNS = 100
LONGEST_LOOK_S = 0.05
CANCEL_WITHIN_S = 2.0
EXHAUSTED = "53"
"""Class of errors that say that memory or room for temporary files ran out."""
NOT_COMPILED = ("42", "0A", "2D")
"""Classes of errors that a query has whatever the data: syntax, unknown names, what is not supported here."""

FRESH = b"""
CREATE SCHEMA data;
SET search_path = data;
DO $$
DECLARE name regprocedure;
BEGIN
  FOR name IN SELECT oid FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND proname ~ '^lo(_|read|write)'
  LOOP EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', name);
  END LOOP;
END $$;
"""
"""Large objects are refused: PostgreSQL 15 lets a transaction write them that can only read."""
OPEN = b"""
GRANT USAGE ON SCHEMA data TO student;
GRANT SELECT ON ALL TABLES IN SCHEMA data TO student;
DO $$
DECLARE name text;
BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'data' LOOP
    EXECUTE format('ANALYZE data.%I', name);
  END LOOP;
END $$;
"""
TYPES = b"SELECT oid, typname FROM pg_catalog.pg_type"


@dataclass(frozen=True)
class Load:
    """What all data sets of a judging share."""

    query: str
    explain: bool
    time_limit_s: float
    wall_limit_s: float
    value_bytes: int
    notice_bytes: int


@dataclass
class Seen:
    """What was seen of one run. `refused`: the data set itself is wrong, and why."""

    end: str = "ended"
    report: bytes = b""
    notices: bytes = b""
    cpu_ns: int = 0
    wall_s: float = 0.0
    peak_kib: int = 0
    refused: str = ""


class Overstepped(Exception):
    """A limit was overstepped; its name is the argument."""


class Failed(Exception):
    """The query failed; the report says how."""

    def __init__(self, report: dict[str, Any]) -> None:
        super().__init__()
        self.report = report


@dataclass
class Table:
    """A result, as far as it was read."""

    columns: list[list[str]] = field(default_factory=list)
    rows: list[list[str | None]] = field(default_factory=list)
    size: int = 0


class Queries:
    """Runs queries, each in a connection of its own."""

    def __init__(self, postgres: Postgres, counters: Counters, host_fd: int) -> None:
        self._postgres = postgres
        self._counters = counters
        self._host_fd = host_fd
        self._databases = Databases()
        admin = connect_admin(BLANK)
        types = admin.exec_(TYPES)
        admin.finish()
        self._types = {_number(types, row, 0): _text(types, row, 1) for row in range(types.ntuples)}

    def run(self, load: Load, script: str) -> Seen:
        """Fill a fresh database, ask, and say what was seen. Raises Closed if the host goes."""
        try:
            self._fill(script)
        except ServerFailed as error:
            return Seen(refused=str(error))
        asked = Asked(self._counters, self._host_fd, load)
        seen = asked.seen()
        if asked.lost:
            self._postgres.wait()
            self._databases.reconnect()
        return self._named(seen, asked)

    def _named(self, seen: Seen, asked: Asked) -> Seen:
        """Put the types' names where their numbers stand."""
        if asked.report["status"] == "returned":
            for column in asked.report["value"]["columns"]:
                column[1] = self._types.get(column[1], "unknown")
        seen.report = json.dumps(asked.report).encode()
        return seen

    def _fill(self, script: str) -> None:
        """Have exactly this data set in the schema. Raises ServerFailed, with PostgreSQL's words."""
        self._databases.renew()
        self._databases.used()
        admin = connect_admin()
        for part in (FRESH, script.encode(), OPEN):
            execute(admin, part)
        admin.finish()


class Asked:
    """One query under way, in a connection of the student's role."""

    def __init__(self, counters: Counters, host_fd: int, load: Load) -> None:
        self._counters = counters
        self._host_fd = host_fd
        self._load = load
        self._notices = bytearray()
        self._table = Table()
        self.lost = False
        self.report: dict[str, Any] = {}

    def seen(self) -> Seen:
        """Ask, and say what was seen."""
        seen = Seen()
        line = PGconn.connect(conninfo("student", search_path="data", default_transaction_read_only="on"))
        if line.status != ConnStatus.OK:
            raise OSError(line.error_message.decode("utf-8", "replace"))
        line.notice_handler = self._notice
        oom_before, self._cpu_before, self._started = (
            self._counters.oom_kills(), self._counters.cpu_ns(), time.monotonic(),
        )  # fmt: skip
        try:
            self.report = self._ask(line)
        except Overstepped as limit:
            seen.end = str(limit)
            self._stop(line)
        except Failed as failed:
            self.report = failed.report
        seen.cpu_ns, seen.wall_s = self._counters.cpu_ns() - self._cpu_before, time.monotonic() - self._started
        self.lost |= line.status != ConnStatus.OK
        seen.peak_kib = _peak_kib(line.backend_pid)
        line.finish()
        if self._counters.oom_kills() > oom_before:
            seen.end, self.lost = "memory", True
        if seen.end != "ended":
            self.report = {"status": "raised", "error": {"type": seen.end}}
        seen.notices = bytes(self._notices[: self._load.notice_bytes])
        return seen

    def _ask(self, line: Line) -> dict[str, Any]:
        self._send(line, self._load.query)
        self._read(line, self._table)
        table = self._table
        if not table.columns:
            raise Failed(_error("NoRows", "The statement returns no rows: write a query that does, a SELECT."))
        value: dict[str, Any] = {"columns": table.columns, "rows": table.rows}
        if self._load.explain:
            value["plan"] = self._plan(line)
        return {"status": "returned", "value": value}

    def _plan(self, line: Line) -> Any:
        """The plan with what it really did, or None for statements that have none."""
        plan = Table()
        self._send(line, f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {self._load.query}")
        try:
            self._read(line, plan)
        except Failed:
            return None
        return json.loads(plan.rows[0][0] or "null")

    def _send(self, line: Line, query: str) -> None:
        line.send_query_params(query.encode("utf-8", "replace"), None)
        line.set_single_row_mode()
        line.nonblocking = 1
        while line.flush():
            self._wait(line, select.POLLIN | select.POLLOUT)
            line.consume_input()

    def _read(self, line: Line, table: Table) -> None:
        """Read until the statement is done. Raises Failed, Overstepped."""
        failure: dict[str, Any] | None = None
        while True:
            while line.is_busy():
                self._wait(line, select.POLLIN)
                line.consume_input()
            result = line.get_result()
            if result is None:
                break
            failure = self._take(line, result, table) or failure
        if failure is not None:
            raise Failed(failure)

    def _take(self, line: Line, result: Result, table: Table) -> dict[str, Any] | None:
        if result.status in (ExecStatus.SINGLE_TUPLE, ExecStatus.TUPLES_OK):
            if not table.columns:
                table.columns = _columns(result)
            for row in range(result.ntuples):
                self._keep(_row(result, row), table)
            return None
        if result.status == ExecStatus.FATAL_ERROR:
            self.lost |= line.status != ConnStatus.OK
            return _failure(result, self._load.query)
        if result.status == ExecStatus.EMPTY_QUERY:
            return _not_compiled("Empty", "The query is empty.")
        if result.status in (ExecStatus.COPY_IN, ExecStatus.COPY_OUT, ExecStatus.COPY_BOTH):
            self.lost = True
            raise Failed(_not_compiled("Copy", "COPY cannot be used here: write a query that returns rows."))
        return None

    def _keep(self, row: list[str | None], table: Table) -> None:
        table.size += sum(len(cell) for cell in row if cell is not None) + 8 * len(row)
        if len(table.rows) >= MOST_ROWS or table.size > self._load.value_bytes:
            raise Overstepped("output")
        table.rows.append(row)

    def _wait(self, line: Line, events: int) -> None:
        """Wait for the server, a limit, or the host's end. Raises Overstepped, Closed."""
        poller = select.poll()
        poller.register(line.socket, events)
        poller.register(self._host_fd, 0)  # hang-up is always told
        ready = [fd for fd, _ in poller.poll(LONGEST_LOOK_S * 1000)]
        if self._host_fd in ready:
            raise Closed
        if self._counters.cpu_ns() - self._cpu_before > self._load.time_limit_s * 1e9:
            raise Overstepped("cpu")
        passed_s, limit_s = time.monotonic() - self._started, self._load.wall_limit_s
        if passed_s > limit_s and passed_s > limit_s + patience_s(starved_process_s(line.backend_pid), limit_s):
            raise Overstepped("wall")

    def _stop(self, line: Line) -> None:
        """Cancel what runs; a backend that does not listen is killed, and PostgreSQL begins anew."""
        with suppress(Exception):
            line.get_cancel().cancel()
        deadline = time.monotonic() + CANCEL_WITHIN_S
        while time.monotonic() < deadline and line.is_busy():
            select.select([line.socket], [], [], LONGEST_LOOK_S)
            line.consume_input()
        if line.is_busy():
            with suppress(ProcessLookupError):
                os.kill(line.backend_pid, signal.SIGKILL)
            self.lost = True

    def _notice(self, result: Result) -> None:
        if len(self._notices) < self._load.notice_bytes:
            self._notices += result.error_message


def _columns(result: Result) -> list[list[Any]]:
    if result.nfields > MOST_COLUMNS:
        raise Overstepped("output")
    return [[(result.fname(n) or b"").decode("utf-8", "replace"), result.ftype(n)] for n in range(result.nfields)]


def _row(result: Result, row: int) -> list[str | None]:
    cells = (result.get_value(row, column) for column in range(result.nfields))
    return [None if cell is None else cell.decode("utf-8", "replace") for cell in cells]


def _failure(result: Result, query: str) -> dict[str, Any]:
    code = _field(result, DiagnosticField.SQLSTATE) or "XX000"
    message = _field(result, DiagnosticField.MESSAGE_PRIMARY) or "the connection was lost"
    if "multiple commands" in message:
        message = "One statement is run: a semicolon in the middle begins a second."
    more = [_field(result, part) for part in (DiagnosticField.MESSAGE_DETAIL, DiagnosticField.MESSAGE_HINT)]
    position = _field(result, DiagnosticField.STATEMENT_POSITION)
    line = query[: int(position) - 1].count("\n") + 1 if position else None
    text = "\n".join([message, *filter(None, more)])
    if code.startswith(EXHAUSTED):
        return {"status": "memory limit"}
    if code.startswith(NOT_COMPILED):
        return _not_compiled(f"SQL error {code}", text, line)
    return _error(f"SQL error {code}", text, line)


def _not_compiled(name: str, message: str, line: int | None = None) -> dict[str, Any]:
    where = f"Line {line}: " if line else ""
    return _error(name, message, line) | {"status": "not compiled"} | {
        "error": {"type": name, "message": message, "line": line, "trace": where + message}
    }  # fmt: skip


def _error(name: str, message: str, line: int | None = None) -> dict[str, Any]:
    return {"status": "raised", "error": {"type": name, "message": message, "line": line}}


def _field(result: Result, name: DiagnosticField) -> str:
    return (result.error_field(name) or b"").decode("utf-8", "replace")


def _number(result: Result, row: int, column: int) -> int:
    return int(result.get_value(row, column) or b"0")


def _text(result: Result, row: int, column: int) -> str:
    return (result.get_value(row, column) or b"").decode()


def _peak_kib(pid: int) -> int:
    """The most memory that the backend had; 0 where it is gone."""
    try:
        with open(f"/proc/{pid}/status") as status:
            return next((int(line.split()[1]) for line in status if line.startswith("VmHWM")), 0)
    except OSError:
        return 0
