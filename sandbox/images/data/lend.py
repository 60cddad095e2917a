"""Lends the servers to a service: passwords for this judging, a schema of its own, Redis, and an upstream if wanted."""

from __future__ import annotations

import os
from typing import Any

from sandbox.harness.frames import Closed
from sandbox.harness.host import Host
from sandbox.images.data.databases import connect_admin, execute
from sandbox.images.data.servers import ServerFailed, set_expendable, start_redis, wait_for
from sandbox.images.data.upstream import PORT as UPSTREAM_PORT
from sandbox.images.data.upstream import serve_upstream

SCHEMA = """
CREATE SCHEMA app AUTHORIZATION student;
CREATE SCHEMA peek;
CREATE FUNCTION peek.large_objects_with(text bytea) RETURNS SETOF oid LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog AS $$
    SELECT DISTINCT page.loid FROM pg_largeobject page
    LEFT JOIN pg_largeobject following ON following.loid = page.loid AND following.pageno = page.pageno + 1
    WHERE position(text IN page.data || coalesce(following.data, '')) > 0 $$;
REVOKE ALL ON FUNCTION peek.large_objects_with(bytea) FROM PUBLIC;
GRANT USAGE ON SCHEMA peek TO peek;
GRANT EXECUTE ON FUNCTION peek.large_objects_with(bytea) TO peek;
ALTER ROLE student SET search_path = app;
ALTER ROLE peek SET search_path = app;
ALTER ROLE peek SET statement_timeout = '5s';
"""
"""Large objects belong to nobody but their owner, so that the suite looks into them through a function; page by page,
as one may be larger than the box's memory."""


def lend(host: Host, wishes: dict[str, Any]) -> None:
    """Open what is wished, say so, and keep the box until the host hangs up."""
    try:
        _set_up_database(wishes["student_password"], wishes["peek_password"])
        start_redis()
        if wishes["upstream_secret"]:
            _start_upstream(wishes["upstream_secret"])
    except ServerFailed as error:
        host.write({"event": "unfit", "message": str(error)})
        return
    host.write({"event": "lent"})
    while True:
        try:
            host.read()
        except Closed:
            return


def _set_up_database(student_password: str, peek_password: str) -> None:
    admin = connect_admin()
    passwords = "".join(
        f"ALTER ROLE {role} PASSWORD '{password}';"
        for role, password in (("student", student_password), ("peek", peek_password))
    )
    execute(admin, (SCHEMA + passwords).encode())
    admin.finish()


def _start_upstream(secret: str) -> None:
    pid = os.fork()
    if pid == 0:
        try:
            set_expendable()
            serve_upstream(secret)
        finally:
            os._exit(1)
    wait_for("The upstream", "/dev/null", UPSTREAM_PORT)
