"""What a failed write says of the machine: a full disk, a database that takes no changes, or that is late."""

from __future__ import annotations

import errno
import sqlite3

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_READ_ONLY = "25006"
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


def is_full(error: BaseException) -> bool:
    cause = _cause(error)
    if isinstance(cause, OSError):
        return cause.errno in _FULL
    return _sqlite_code(cause) == sqlite3.SQLITE_FULL or getattr(cause, "sqlstate", "") == "53100"


def is_read_only(error: BaseException) -> bool:
    """The database is a standby after a failover, or somebody has closed it to changes for a while."""
    cause = _cause(error)
    return _sqlite_code(cause) == sqlite3.SQLITE_READONLY or getattr(cause, "sqlstate", "") == _READ_ONLY


def is_busy(error: BaseException) -> bool:
    """A connection that is lost, or a lock that is not had in time, is no mistake of a statement."""
    if isinstance(error, PoolTimeout):
        return True
    if not isinstance(error, OperationalError):
        return False
    code = _sqlite_code(error.orig)
    return code in _BUSY if code is not None else not isinstance(error.orig, sqlite3.Error)


def _cause(error: BaseException) -> BaseException | None:
    return error.orig if isinstance(error, DBAPIError) else error


def _sqlite_code(cause: BaseException | None) -> int | None:
    """SQLite's primary code: the lower byte, where there is more to say of it."""
    code = getattr(cause, "sqlite_errorcode", None)
    return None if code is None else int(code) & 0xFF
