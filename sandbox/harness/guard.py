"""The system-call filter of all that PID 1 forks: a child of the same user must reach nobody but itself.

The container's own seccomp profile stays in force beneath. This filter refuses, with EPERM, what that profile leaves
and the harness, PID 1, would suffer from: limits, priorities and affinity of other processes, and ways to hold memory
beyond one case. Calls of another architecture end the process. Numbers: the kernel's system-call tables.
"""

from __future__ import annotations

import ctypes
import os
import struct
from dataclasses import dataclass

from sandbox.harness.host import prctl

ALLOW = 0x7FFF0000
REFUSE = 0x00050001  # SECCOMP_RET_ERRNO | EPERM
KILL = 0x80000000  # SECCOMP_RET_KILL_PROCESS

LOAD, EQUAL, AT_LEAST, ANSWER = 0x20, 0x15, 0x35, 0x06
NUMBER_AT, ARCHITECTURE_AT, FIRST_ARGUMENT_AT = 0, 4, 16
X32_BIT = 0x40000000
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2


@dataclass(frozen=True)
class Table:
    """System-call numbers of one architecture. `own_only` may name no process but the caller (pid 0)."""

    architecture: int
    refused: tuple[int, ...]
    own_only: tuple[int, ...]
    has_x32: bool = False


_SINCE_5 = (  # numbers that all architectures share
    425,  # io_uring_setup
    426,  # io_uring_enter
    427,  # io_uring_register
    438,  # pidfd_getfd
    440,  # process_madvise
    447,  # memfd_secret
    448,  # process_mrelease
)
TABLES = {
    "x86_64": Table(
        architecture=0xC000003E,
        refused=(
            *(101, 310, 311, 312),  # ptrace, process_vm_readv, process_vm_writev, kcmp
            *(29, 64, 68, 240, 319),  # shmget, semget, msgget, mq_open, memfd_create
            *(141, 251),  # setpriority, ioprio_set
            *(248, 249, 250),  # add_key, request_key, keyctl
            *(298, 321, 323),  # perf_event_open, bpf, userfaultfd
            *(256, 279),  # migrate_pages, move_pages
            *_SINCE_5,
        ),
        own_only=(302, 203, 142, 144, 314),  # prlimit64, sched_setaffinity, _setparam, _setscheduler, _setattr
        has_x32=True,
    ),
    "aarch64": Table(
        architecture=0xC00000B7,
        refused=(
            *(117, 270, 271, 272),
            *(194, 190, 186, 180, 279),
            *(140, 30),
            *(217, 218, 219),
            *(241, 280, 282),
            *(238, 239),
            *_SINCE_5,
        ),
        own_only=(261, 122, 118, 119, 274),
    ),
}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


class GuardMissing(Exception):
    """The filter cannot be set here. Nothing may run without it."""


def instructions(table: Table) -> bytes:
    """The filter as classic BPF."""
    code = [(LOAD, 0, 0, ARCHITECTURE_AT), (EQUAL, 1, 0, table.architecture), (ANSWER, 0, 0, KILL)]
    code.append((LOAD, 0, 0, NUMBER_AT))
    if table.has_x32:
        code += [(AT_LEAST, 0, 1, X32_BIT), (ANSWER, 0, 0, KILL)]
    for number in table.refused:
        code += [(EQUAL, 0, 1, number), (ANSWER, 0, 0, REFUSE)]
    for number in table.own_only:
        code += [(EQUAL, 0, 4, number), (LOAD, 0, 0, FIRST_ARGUMENT_AT)]
        code += [(EQUAL, 1, 0, 0), (ANSWER, 0, 0, REFUSE), (ANSWER, 0, 0, ALLOW)]
    code.append((ANSWER, 0, 0, ALLOW))
    return b"".join(struct.pack("HBBI", *step) for step in code)


class Guard:
    """The filter, installed by PID 1 on itself before it forks."""

    def __init__(self) -> None:
        machine = os.uname().machine
        if machine not in TABLES:
            raise GuardMissing(f"no system-call table for {machine}: add one to guard.py")
        code = instructions(TABLES[machine])
        self._code = ctypes.create_string_buffer(code, len(code))
        self._program = _Program(len(code) // 8, ctypes.addressof(self._code))

    def install(self) -> None:
        """Put the filter on the calling process and all it will ever start. Raises GuardMissing."""
        if prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
            program = ctypes.byref(self._program)
            if prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program, 0, 0) == 0:
                return
        raise GuardMissing(f"the system-call filter was refused: {os.strerror(ctypes.get_errno())}")
