"""Gives a fork of PID 1 a world of its own: processes, mounts, network and names that nobody else sees.

`make_namespaces` makes new user, PID, mount, IPC, network and UTS namespaces. The next fork is PID 1 in there, and when
it ends the kernel ends everything in them. There, `settle` mounts what may be written to afresh, hides what belongs to
the whole box, and gives up every right. Numbers: the kernel's headers; see namespaces(7), user_namespaces(7) and
mount_namespaces(7).
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import socket
import struct
from collections.abc import Iterator

from sandbox.harness.bounds import Bounds, Unbounded
from sandbox.harness.host import Unfit, prctl, set_dumpable

NEW_USER, NEW_PID, NEW_MOUNT = 0x10000000, 0x20000000, 0x00020000
NEW_IPC, NEW_NETWORK, NEW_UTS = 0x08000000, 0x40000000, 0x04000000
APART = NEW_USER | NEW_PID | NEW_MOUNT | NEW_IPC | NEW_NETWORK | NEW_UTS

READ_ONLY, NO_SUID, NO_DEVICES, NO_EXEC = 1, 2, 4, 8
REMOUNT, BIND, RECURSIVE, PRIVATE = 32, 4096, 16384, 1 << 18
PLAIN = NO_SUID | NO_DEVICES | NO_EXEC

SHM_BYTES = 8 << 20
HIDDEN = ("/sys", "/dev/mqueue")
"""Folders that belong to the whole box: its counters tell of other submissions."""
HIDDEN_IN_PROC = """
    acpi asound interrupts kallsyms kcore key-users keys kmsg kpagecgroup kpagecount kpageflags latency_stats
    sched_debug scsi sysrq-trigger timer_list timer_stats
"""
READ_ONLY_IN_PROC = "bus fs irq sys"
"""What engines hide in their containers, and have to leave open in one whose forks mount their own /proc."""

PR_CAPBSET_DROP, PR_CAP_AMBIENT, CLEAR_ALL = 24, 47, 4
CAPABILITIES_V3 = 0x20080522
SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1
INTERFACE = struct.Struct("16sH22x")

libc = ctypes.CDLL(None, use_errno=True)


class NoNamespaces(Unfit):
    """The machine or the engine does not allow them. The message says what was refused."""


def make_namespaces() -> None:
    """Give this process namespaces of its own, with every right in them. Its next child is PID 1 of the processes.

    It stays itself among the processes of the box, where that child and what it starts do not see it. Its files in
    /proc are its own only while others of its user may look into it; nobody is there to look. Raises NoNamespaces.
    """
    uid, gid = os.getuid(), os.getgid()
    set_dumpable(True)
    if libc.unshare(APART) != 0:
        raise NoNamespaces(f"new namespaces were refused: {os.strerror(ctypes.get_errno())}")
    for file, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
        try:
            with open(f"/proc/self/{file}", "w") as opened:
                opened.write(text)
        except OSError as error:
            raise NoNamespaces(f"a user of its own was refused at {file}: {error.strerror}") from error
    set_dumpable(False)


def settle(bounds: Bounds, covered: tuple[str, ...]) -> None:
    """In the fork: mount afresh what may be written to, cover `covered` and what tells of others, give up all rights.

    Raises NoNamespaces.
    """
    for source, place, kind, flags, data in _mounts(bounds, covered):
        _mount(source, place, kind, flags, data)
    os.chdir("/tmp")  # what was the working folder lies below the new one, and is the whole box's
    _raise_loopback()
    give_up_rights()


def check_places() -> None:
    """For a box that mounts nothing itself. Raises Unbounded where programs could leave something for the next case."""
    if places := other_writable_places():
        raise Unbounded(f"it can write to {', '.join(places)}, which nobody empties")


def other_writable_places() -> tuple[str, ...]:
    """Mounted folders that this process may write to and that are not mounted afresh: engines add some."""
    with open("/proc/self/mountinfo") as mounts:
        points = [line.split()[4].encode().decode("unicode_escape") for line in mounts]
    fresh = ("/tmp", "/dev/shm", *HIDDEN)
    return tuple(
        place
        for place in points
        if place not in fresh and not place.startswith(("/proc", "/sys/")) and os.path.isdir(place) and _writable(place)
    )


def _writable(place: str) -> bool:
    return os.access(place, os.W_OK) and not os.statvfs(place).f_flag & os.ST_RDONLY


def _mounts(bounds: Bounds, covered: tuple[str, ...]) -> Iterator[tuple[str, str, str | None, int, str | None]]:
    """Source, place, type, flags and options of each mount, in their order."""
    files = "" if bounds.scratch_files is None else f",nr_inodes={bounds.scratch_files}"
    yield "none", "/", None, RECURSIVE | PRIVATE, None
    yield "proc", "/proc", "proc", PLAIN, None
    scratch = NO_SUID | NO_DEVICES if bounds.programs_in_scratch else PLAIN
    yield "tmpfs", "/tmp", "tmpfs", scratch, f"size={bounds.scratch_mib}m{files},mode=1777"
    yield "tmpfs", "/dev/shm", "tmpfs", PLAIN, f"size={SHM_BYTES}{files},mode=1777"
    for place in (*HIDDEN, *covered):
        yield "tmpfs", place, "tmpfs", PLAIN | READ_ONLY, "size=4k,nr_inodes=2,mode=555"
    for name in HIDDEN_IN_PROC.split():
        place = f"/proc/{name}"
        if os.path.isdir(place):
            yield "tmpfs", place, "tmpfs", PLAIN | READ_ONLY, "size=4k,nr_inodes=2,mode=555"
        elif os.path.exists(place):
            yield "/dev/null", place, None, BIND, None
    for name in READ_ONLY_IN_PROC.split():
        place = f"/proc/{name}"
        if os.path.isdir(place):
            yield place, place, None, BIND | RECURSIVE, None
            yield "none", place, None, BIND | REMOUNT | READ_ONLY | PLAIN, None


def _mount(source: str, place: str, kind: str | None, flags: int, data: str | None) -> None:
    words = [None if word is None else word.encode() for word in (source, place, kind)]
    if libc.mount(*words, ctypes.c_ulong(flags), None if data is None else data.encode()) != 0:
        raise NoNamespaces(f"mounting {place} was refused: {os.strerror(ctypes.get_errno())}")


def _raise_loopback() -> None:
    """A new network has a loopback interface that is down; in a container it is up."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
            answer = fcntl.ioctl(any_socket, SIOCGIFFLAGS, INTERFACE.pack(b"lo", 0))
            _, flags = INTERFACE.unpack(answer)
            fcntl.ioctl(any_socket, SIOCSIFFLAGS, INTERFACE.pack(b"lo", flags | IFF_UP))
    except OSError as error:
        raise NoNamespaces(f"the loopback interface was refused: {error.strerror}") from error


def give_up_rights() -> None:
    """Whoever makes a user namespace has every capability in it. None is left, and none can come back."""
    for number in range(64):
        if prctl(PR_CAPBSET_DROP, number, 0, 0, 0) != 0:
            break  # the kernel knows no capability of this number
    prctl(PR_CAP_AMBIENT, CLEAR_ALL, 0, 0, 0)
    head, none = struct.pack("=Ii", CAPABILITIES_V3, 0), bytes(24)
    if libc.capset(head, none) != 0:
        raise NoNamespaces(f"giving up capabilities was refused: {os.strerror(ctypes.get_errno())}")
