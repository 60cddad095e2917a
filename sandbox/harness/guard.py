"""The system-call filter of all that PID 1 forks: a child of the same user must reach nobody but itself.

The container's own seccomp profile stays in force beneath, and is not relied on: engines differ in what theirs leaves.
This filter refuses, with EPERM, what the harness, PID 1, would suffer from: limits, priorities and affinity of other
processes, ways to hold memory beyond one case, namespaces and mounts. Sockets can be opened of the families that
programs need, and of no other. Calls of another architecture end the process. Numbers: the kernel's system-call tables.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sandbox.harness.host import Unfit, prctl

ALLOW = 0x7FFF0000
REFUSE = 0x00050001  # SECCOMP_RET_ERRNO | EPERM
NO_FAMILY = 0x00050000 | errno.EAFNOSUPPORT
"""What a kernel answers that was built without a family of sockets: libraries go on without it, as glibc's resolver
does without netlink."""
UNKNOWN = 0x00050000 | errno.ENOSYS
"""What a kernel answers that is older than the call: the C library goes on with the older one, `clone` for `clone3`,
whose flags lie in memory where no filter can look at them."""
KILL = 0x80000000  # SECCOMP_RET_KILL_PROCESS
FAMILIES = (1, 2, 10)  # AF_UNIX, AF_INET, AF_INET6
NEW_NAMESPACES = 0x7E020000
"""The flags of `clone` that make namespaces: mount, cgroup, UTS, IPC, user, PID and network."""

LOAD, EQUAL, AT_LEAST, ANY_BIT, ANSWER = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER_AT, ARCHITECTURE_AT, FIRST_ARGUMENT_AT = 0, 4, 16
X32_BIT = 0x40000000
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2


@dataclass(frozen=True)
class Table:
    """System-call numbers of one architecture.

    `namespaces` make or change namespaces and mounts; `clone` may not ask for one. `own_only` may name no process but
    the caller (pid 0), `sockets` no family but FAMILIES.
    """

    architecture: int
    refused: tuple[int, ...]
    namespaces: tuple[int, ...]
    clone: int
    own_only: tuple[int, ...]
    sockets: tuple[int, ...]
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
_NAMESPACES_SINCE_5 = (
    428,  # open_tree
    429,  # move_mount
    430,  # fsopen
    431,  # fsconfig
    432,  # fsmount
    433,  # fspick
    442,  # mount_setattr
)
CLONE3 = 435
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
            *(237, 238),  # mbind, set_mempolicy
            *(303, 304),  # name_to_handle_at, open_by_handle_at
            *_SINCE_5,
        ),
        namespaces=(
            272,
            308,
            165,
            166,
            155,
            161,
            *_NAMESPACES_SINCE_5,
        ),  # unshare, setns, mount, umount2, pivot_root, chroot
        clone=56,
        own_only=(302, 203, 142, 144, 314),  # prlimit64, sched_setaffinity, _setparam, _setscheduler, _setattr
        sockets=(41, 53),  # socket, socketpair
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
            *(235, 237),
            *(264, 265),
            *_SINCE_5,
        ),
        namespaces=(97, 268, 40, 39, 41, 51, *_NAMESPACES_SINCE_5),
        clone=220,
        own_only=(261, 122, 118, 119, 274),
        sockets=(198, 199),
    ),
}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


class GuardMissing(Unfit):
    """The filter cannot be set here. Nothing may run without it."""


def instructions(table: Table) -> bytes:
    """The filter as classic BPF: a program of steps (code, jump if so, jump if not, operand)."""
    code = [(LOAD, 0, 0, ARCHITECTURE_AT), (EQUAL, 1, 0, table.architecture), (ANSWER, 0, 0, KILL)]
    code.append((LOAD, 0, 0, NUMBER_AT))
    if table.has_x32:
        code += [(AT_LEAST, 0, 1, X32_BIT), (ANSWER, 0, 0, KILL)]
    for number in (*table.refused, *table.namespaces):
        code += [(EQUAL, 0, 1, number), (ANSWER, 0, 0, REFUSE)]
    code += [(EQUAL, 0, 1, CLONE3), (ANSWER, 0, 0, UNKNOWN)]
    code += [(EQUAL, 0, 4, table.clone), (LOAD, 0, 0, FIRST_ARGUMENT_AT)]
    code += [(ANY_BIT, 0, 1, NEW_NAMESPACES), (ANSWER, 0, 0, REFUSE), (ANSWER, 0, 0, ALLOW)]
    for number in table.own_only:
        code += [(EQUAL, 0, 4, number), (LOAD, 0, 0, FIRST_ARGUMENT_AT)]
        code += [(EQUAL, 1, 0, 0), (ANSWER, 0, 0, REFUSE), (ANSWER, 0, 0, ALLOW)]
    code += _families_only(table.sockets)
    code.append((ANSWER, 0, 0, ALLOW))
    return b"".join(struct.pack("HBBI", *step) for step in code)


def _families_only(sockets: tuple[int, ...]) -> Iterator[tuple[int, int, int, int]]:
    """Refuse sockets of other families than FAMILIES: a family is a door into a part of the kernel."""
    for number in sockets:
        yield (EQUAL, 0, 2 * len(FAMILIES) + 2, number)
        yield (LOAD, 0, 0, FIRST_ARGUMENT_AT)
        for family in FAMILIES:
            yield from ((EQUAL, 0, 1, family), (ANSWER, 0, 0, ALLOW))
        yield (ANSWER, 0, 0, NO_FAMILY)


class Guard:
    """The filter, installed by PID 1 on itself before it forks.

    `servers`: what runs are PostgreSQL and Redis, which need shared memory; only families of sockets, namespaces and
    mounts are refused.
    """

    def __init__(self, *, servers: bool = False) -> None:
        machine = os.uname().machine
        if machine not in TABLES:
            raise GuardMissing(f"no system-call table for {machine}: add one to guard.py")
        table = TABLES[machine]
        code = instructions(replace(table, refused=(), own_only=()) if servers else table)
        self._code = ctypes.create_string_buffer(code, len(code))
        self._program = _Program(len(code) // 8, ctypes.addressof(self._code))

    def install(self) -> None:
        """Put the filter on the calling process and all it will ever start. Raises GuardMissing."""
        if prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
            program = ctypes.byref(self._program)
            if prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program, 0, 0) == 0:
                return
        raise GuardMissing(f"the system-call filter was refused: {os.strerror(ctypes.get_errno())}")
