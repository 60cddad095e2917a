"""The filter, tried instruction by instruction, for every architecture that it knows."""

from __future__ import annotations

import socket
import struct

import pytest

from sandbox.harness.guard import (
    ALLOW,
    CLONE3,
    KILL,
    NO_FAMILY,
    REFUSE,
    TABLES,
    UNKNOWN,
    Table,
    instructions,
)

READ, GETPID_X32 = 0, 0x40000027


def answer(table: Table, architecture: int, number: int, first_argument: int = 0) -> int:
    """Run the filter as the kernel would."""
    data = struct.pack("<IIQQ", number, architecture, 0, first_argument)
    code = list(struct.iter_unpack("HBBI", instructions(table)))
    at, value = 0, 0
    while True:
        operation, yes, no, operand = code[at]
        at += 1
        match operation:
            case 0x20:
                (value,) = struct.unpack_from("<I", data, operand)
            case 0x15:
                at += yes if value == operand else no
            case 0x35:
                at += yes if value >= operand else no
            case 0x45:
                at += yes if value & operand else no
            case 0x06:
                return int(operand)


@pytest.fixture(params=sorted(TABLES))
def table(request: pytest.FixtureRequest) -> Table:
    return TABLES[request.param]


def test_ordinary_calls_pass(table: Table) -> None:
    listed = {*table.refused, *table.namespaces, *table.own_only, *table.sockets, CLONE3}
    for number in range(600):
        if number not in listed:
            assert answer(table, table.architecture, number) == ALLOW


def test_refused_calls_are_refused(table: Table) -> None:
    refused = (*table.refused, *table.namespaces)
    assert {answer(table, table.architecture, number) for number in refused} == {REFUSE}


def test_processes_and_threads_are_made_and_no_namespaces(table: Table) -> None:
    fork, thread, vfork = 0x01200011, 0x003D0F00, 0x00004111
    for flags in (fork, thread, vfork):
        assert answer(table, table.architecture, table.clone, first_argument=flags) == ALLOW
        for namespace in (17, 25, 26, 27, 28, 29, 30):
            asked = flags | 1 << namespace
            assert answer(table, table.architecture, table.clone, first_argument=asked) == REFUSE
            assert answer(table, table.architecture, table.clone, first_argument=1 << 32 | asked) == REFUSE
    assert answer(table, table.architecture, CLONE3) == UNKNOWN


def test_calls_on_processes_may_name_oneself_only(table: Table) -> None:
    for number in table.own_only:
        assert answer(table, table.architecture, number, first_argument=0) == ALLOW
        assert answer(table, table.architecture, number, first_argument=1) == REFUSE
        assert answer(table, table.architecture, number, first_argument=1 << 32 | 1) == REFUSE


def test_sockets_are_of_the_families_that_are_needed(table: Table) -> None:
    for number in table.sockets:
        for family in range(64):
            wanted = ALLOW if family in (socket.AF_UNIX, socket.AF_INET, socket.AF_INET6) else NO_FAMILY
            assert answer(table, table.architecture, number, first_argument=family) == wanted
        assert answer(table, table.architecture, number, first_argument=1 << 32 | 40) == NO_FAMILY


def test_another_architecture_ends_the_process(table: Table) -> None:
    assert answer(table, 0x40000003, READ) == KILL
    if table.has_x32:
        assert answer(table, table.architecture, GETPID_X32) == KILL


def test_both_tables_refuse_as_much() -> None:
    assert len({(len(t.refused), len(t.namespaces), len(t.own_only)) for t in TABLES.values()}) == 1
    for t in TABLES.values():
        listed = (*t.refused, *t.namespaces, *t.own_only, *t.sockets, t.clone, CLONE3)
        assert len(set(listed)) == len(listed)
