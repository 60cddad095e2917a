"""Backups: what is restored is what was there, from either sort of database into either sort."""

from __future__ import annotations

import json
import stat
import threading
import zipfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.conftest import ending
from tests.factories import make_user, publish
from tests.postgres import PostgresServer
from tests.trainer.test_migrate import fill, rows
from trainer import backup, migrate
from trainer.db import Sessions, make_engine
from trainer.errors import Busy, Conflict, Unreadable
from trainer.models import Priority, Problem, Submission, SubmissionStatus, User, Work, WorkKind
from trainer.services import catalogue, claims, judging, search, submissions, work, workers
from trainer.services.author import Author
from trainer.services.search import Asked
from trainer.services.work import OF_STUDENTS

Make = Callable[[str], sa.Engine]
PASSING = ("workers", "consoles", "console_calls", "oldest_version", "shared_settings")
"""Tables whose rows end with the processes that they are about."""


@pytest.fixture
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Make]:
    """Makes databases without tables, of the sort that is asked for."""
    with ExitStack() as opened:

        def empty(sort: str) -> sa.Engine:
            url = f"sqlite:///{tmp_path / f'{sort}-{len(list(tmp_path.iterdir()))}.db'}"
            if sort == "postgresql":
                server: PostgresServer = request.getfixturevalue("postgres")
                url = server.fresh(migrated=False)
            engine = make_engine(url)
            opened.enter_context(ending(engine))
            engine.connect().close()
            return engine

        yield empty


def full(make: Make, sort: str, revision: str = "head") -> sa.Engine:
    """A database with two rows in each table."""
    engine = make(sort)
    migrate.upgrade(engine, revision)
    fill(engine)
    return engine


def content(engine: sa.Engine) -> dict[str, list[dict[str, object]]]:
    """All rows that a backup keeps. Whether a problem is in the index is not theirs: the index is made anew."""
    found = {table: kept for table, kept in rows(engine).items() if table not in PASSING}
    for problem in found["problems"]:
        del problem["indexed"]
    return found


PAIRS = [("sqlite", "sqlite"), ("sqlite", "postgresql"), ("postgresql", "sqlite"), ("postgresql", "postgresql")]


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_everything_comes_back(make: Make, tmp_path: Path, source: str, target: str) -> None:
    old, new = full(make, source), make(target)
    about = backup.back_up(old, tmp_path / "kept.zip")
    assert about.rows == {table: len(kept) for table, kept in content(old).items()}
    backup.restore(new, tmp_path / "kept.zip")
    assert content(new) == content(old)


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_no_value_is_not_json_null(make: Make, tmp_path: Path, source: str, target: str) -> None:
    old, new = full(make, source), make(target)
    with old.begin() as connection:
        connection.execute(sa.text("UPDATE submissions SET record = 'null' WHERE id = 1"))
        connection.execute(sa.text("UPDATE submissions SET record = NULL WHERE id = 2"))
    backup.back_up(old, tmp_path / "kept.zip")
    backup.restore(new, tmp_path / "kept.zip")
    with new.connect() as connection:
        text = sa.cast(sa.column("record"), sa.Text)
        found = connection.execute(sa.select(text).select_from(sa.table("submissions")).order_by(sa.text("id")))
        assert found.scalars().all() == ["null", None]


@pytest.mark.parametrize("sort", ["sqlite", "postgresql"])
def test_what_comes_later_is_numbered_after_what_was_restored(make: Make, tmp_path: Path, sort: str) -> None:
    backup.back_up(full(make, "sqlite"), tmp_path / "kept.zip")
    new = make(sort)
    backup.restore(new, tmp_path / "kept.zip")
    with Session(new) as session:
        assert make_user(session, "later@example.org").id == 3


@pytest.mark.parametrize("sort", ["sqlite", "postgresql"])
def test_who_held_work_before_holds_none_of_what_was_restored(make: Make, tmp_path: Path, sort: str) -> None:
    """A worker that was cut off ends its work after a restore: what has its place now stays."""
    used = make(sort)
    backup.back_up(full(make, sort), tmp_path / "kept.zip")
    backup.restore(used, tmp_path / "kept.zip")
    with Session(used) as session, session.begin():
        work.add(session, WorkKind.RUN, 1, priority=Priority.RUN)
        held = work.take(session, WorkKind.RUN, 1, "worker", 60.0)
    assert held
    backup.restore(used, tmp_path / "kept.zip", replace=True)
    with Session(used) as session, session.begin():
        before = session.scalar(sa.select(sa.func.count(Work.id)))
        work.add(session, WorkKind.RUN, 1, priority=Priority.RUN)
        assert work.take(session, WorkKind.RUN, 1, "another worker", 60.0)
        assert not work.finish(session, held)
        assert session.scalar(sa.select(sa.func.count(Work.id))) == (before or 0) + 1


def test_a_number_is_never_given_again(make: Make, tmp_path: Path) -> None:
    """What runs on across a restore, and old pages, do not take new rows for those that they knew."""
    used = make("postgresql")
    backup.back_up(full(make, "sqlite"), tmp_path / "kept.zip")
    backup.restore(used, tmp_path / "kept.zip")
    with Session(used) as session, session.begin():
        last = make_user(session, "last@example.org").id
    backup.restore(used, tmp_path / "kept.zip", replace=True)
    with Session(used) as session, session.begin():
        assert make_user(session, "later@example.org").id == last + 1


@pytest.mark.parametrize("sort", ["sqlite", "postgresql"])
def test_a_restore_is_refused_while_a_worker_runs(make: Make, tmp_path: Path, sort: str) -> None:
    used = full(make, sort)
    backup.back_up(used, tmp_path / "kept.zip")
    before = content(used)
    about = workers.About("judge-1:4711", "1.0", 2, 8, 6400)
    with Session(used) as session, session.begin():
        workers.beat(session, "worker", about, workers.EngineState(True, "", "", ()), 0)
    with pytest.raises(Conflict, match="judge-1:4711 still judges"):
        backup.restore(used, tmp_path / "kept.zip", replace=True)
    assert content(used) == before
    with Session(used) as session, session.begin():
        workers.stop(session, "worker")
    backup.restore(used, tmp_path / "kept.zip", replace=True)


@pytest.mark.parametrize("sort", ["sqlite", "postgresql"])
@pytest.mark.parametrize("revision", ["a005", "a011"])
def test_a_backup_of_an_older_version_is_brought_up_to_date(
    make: Make, tmp_path: Path, sort: str, revision: str
) -> None:
    old, new = full(make, sort, revision), make(sort)
    backup.back_up(old, tmp_path / "kept.zip")
    backup.restore(new, tmp_path / "kept.zip")
    migrate.upgrade(old)
    assert content(new) == content(old)


@pytest.mark.parametrize("sort", ["sqlite", "postgresql"])
def test_what_is_restored_is_found(make: Make, tmp_path: Path, sort: str) -> None:
    old, new = make(sort), make(sort)
    migrate.upgrade(old)
    with Session(old) as session, session.begin():
        publish(session)
    backup.back_up(old, tmp_path / "kept.zip")
    migrate.upgrade(new)
    with Session(new) as session, session.begin():
        publish(session, "window")
    backup.restore(new, tmp_path / "kept.zip")
    with Session(new) as session:
        for asked, slugs in (("double", ["double"]), ("window", [])):
            query = sa.select(Problem.slug).where(search.matching(session, Asked.of(asked, [])))
            assert session.scalars(query).all() == slugs
        assert catalogue.published(session, "double")[1].title == "Double"


@pytest.mark.parametrize("sort", ["sqlite", "postgresql"])
def test_it_is_of_one_moment(make: Make, tmp_path: Path, sort: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """People change things after each table that is written: the file has none of it."""
    old = full(make, sort)
    before = content(old)
    pack = backup._pack

    def pack_slowly(packed: zipfile.ZipFile, table: sa.Table, found: Iterable[backup.Row]) -> int:
        count = pack(packed, table, found)
        with Session(old) as session, session.begin():
            session.execute(sa.update(User).values(name=f"Changed after {table.name}"))
            session.execute(sa.update(Submission).values(source=f"changed after {table.name}"))
        return count

    monkeypatch.setattr(backup, "_pack", pack_slowly)
    backup.back_up(old, tmp_path / "kept.zip")
    new = make(sort)
    backup.restore(new, tmp_path / "kept.zip")
    assert content(new) == before
    assert content(old) != before


@pytest.mark.parametrize("sort", ["sqlite", "postgresql"])
def test_it_is_whole_while_students_submit_and_judges_judge(
    make: Make, tmp_path: Path, sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between any two tables that are written more is submitted and judged: what is kept fits together all the same."""
    engine, pack = make(sort), backup._pack
    migrate.upgrade(engine)
    with Session(engine) as session, session.begin():
        publish(session)
        students = [make_user(session, f"student-{number}@example.org").id for number in range(3)]
    sessions = Sessions.of(engine)
    judged, ended = threading.Semaphore(0), threading.Event()

    def practise(user_id: int) -> None:
        while not ended.is_set():
            with suppress(Busy), sessions.writing() as session:  # while another one judges what this one has sent
                submissions.submit(session, Author(user_id), "double", language="python", source="def double(n): ...")
            with sessions.writing() as session:
                held = claims.claim_next(session, "a worker", OF_STUDENTS, 60.0)
            if held:
                with sessions.writing() as session:
                    judging.record(session, held, verdict="accepted", score=1.0, record={})
                judged.release()

    def pack_amid_changes(packed: zipfile.ZipFile, table: sa.Table, found: Iterable[backup.Row]) -> int:
        assert judged.acquire(timeout=30), "Nobody judges."
        return pack(packed, table, found)

    monkeypatch.setattr(backup, "_pack", pack_amid_changes)
    with ThreadPoolExecutor() as pool:
        practising = [pool.submit(practise, user_id) for user_id in students]
        try:
            backup.back_up(engine, tmp_path / "kept.zip")
        finally:
            ended.set()
            for one in practising:
                one.result()
    monkeypatch.undo()
    new = make(sort)
    backup.restore(new, tmp_path / "kept.zip")
    with Session(new) as session:
        unjudged = sa.select(Submission.id).where(Submission.status != SubmissionStatus.JUDGED)
        queued = sa.select(Work.subject_id).where(Work.kind == WorkKind.SUBMIT)
        assert set(session.scalars(unjudged)) == set(session.scalars(queued))


def test_nobody_else_may_read_it(make: Make, tmp_path: Path) -> None:
    backup.back_up(full(make, "sqlite"), tmp_path / "kept.zip", secret_key="secret")
    assert stat.S_IMODE((tmp_path / "kept.zip").stat().st_mode) == 0o600


def test_another_file_is_not_overwritten(make: Make, tmp_path: Path) -> None:
    (tmp_path / "kept.zip").write_text("mine")
    with pytest.raises(Conflict, match="exists already"):
        backup.back_up(full(make, "sqlite"), tmp_path / "kept.zip")
    assert (tmp_path / "kept.zip").read_text() == "mine"


def test_there_is_nothing_to_keep_of_an_empty_database(make: Make, tmp_path: Path) -> None:
    with pytest.raises(Conflict, match="nothing to back up"):
        backup.back_up(make("sqlite"), tmp_path / "kept.zip")
    assert not (tmp_path / "kept.zip").exists()


def test_a_backup_that_fails_leaves_nothing(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = full(make, "sqlite")

    def fail(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "_pack", fail)
    before = set(tmp_path.iterdir())
    with pytest.raises(OSError, match="No space left"):
        backup.back_up(old, tmp_path / "kept.zip")
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize("sort", ["sqlite", "postgresql"])
def test_what_is_in_use_is_replaced_only_where_that_is_said(make: Make, tmp_path: Path, sort: str) -> None:
    backup.back_up(full(make, "sqlite"), tmp_path / "kept.zip")
    used = full(make, sort)
    with Session(used) as session, session.begin():
        session.execute(sa.update(User).values(name="Changed since"))
    before = content(used)
    with pytest.raises(Conflict, match="2 accounts in use and 2 submissions"):
        backup.restore(used, tmp_path / "kept.zip")
    assert content(used) == before
    assert [len(rows(used)[table]) for table in ("consoles", "console_calls")] == [2, 2]
    backup.restore(used, tmp_path / "kept.zip", replace=True)
    assert content(used) != before
    assert [rows(used)[table] for table in ("consoles", "console_calls")] == [[], []]


def damaged(path: Path) -> Iterator[tuple[str, bytes]]:
    whole = path.read_bytes()
    yield "is no backup", b""
    yield "is no backup", b"not a zip"
    yield "is no backup", whole[: len(whole) // 2]
    spoilt = bytearray(whole)
    with zipfile.ZipFile(path) as packed:
        place = packed.getinfo("tables/users.jsonl")
    start = place.header_offset + 30 + len(place.filename) + 20
    spoilt[start + 4] ^= 0xFF
    yield "damaged", bytes(spoilt)


def test_a_damaged_file_changes_nothing(make: Make, tmp_path: Path) -> None:
    kept = tmp_path / "kept.zip"
    backup.back_up(full(make, "sqlite"), kept)
    used = full(make, "sqlite")
    before = content(used)
    for message, data in list(damaged(kept)):
        kept.write_bytes(data)
        with pytest.raises(Unreadable, match=message):
            backup.restore(used, kept, replace=True)
        assert content(used) == before


@pytest.mark.parametrize(
    ("change", "message"), [({"revision": "b777"}, "newer than this one"), ({"format": 2}, "has format 2")]
)
def test_a_backup_of_a_newer_version_is_refused(
    make: Make, tmp_path: Path, change: dict[str, object], message: str
) -> None:
    kept = tmp_path / "kept.zip"
    about = backup.back_up(full(make, "sqlite"), kept)
    with zipfile.ZipFile(kept) as packed:
        entries = {name: packed.read(name) for name in packed.namelist()}
    entries[backup.ABOUT] = json.dumps(json.loads(entries[backup.ABOUT]) | change).encode()
    with zipfile.ZipFile(kept, "w") as packed:
        for name, data in entries.items():
            packed.writestr(name, data)
    with pytest.raises(Unreadable, match=message):
        backup.restore(make("sqlite"), kept)
    assert about.format == backup.FORMAT


def test_rows_that_point_at_nothing_undo_all_of_it(make: Make, tmp_path: Path) -> None:
    kept = tmp_path / "kept.zip"
    backup.back_up(full(make, "sqlite"), kept)
    with zipfile.ZipFile(kept) as packed:
        entries = {name: packed.read(name) for name in packed.namelist()}
    entries["tables/users.jsonl"] = b""
    with zipfile.ZipFile(kept, "w") as packed:
        for name, data in entries.items():
            packed.writestr(name, data)
    used = full(make, "sqlite")
    before = content(used)
    with pytest.raises(Unreadable, match="do not fit together"):
        backup.restore(used, kept, replace=True)
    assert content(used) == before
    with Session(used) as session:
        assert session.scalar(sa.select(sa.func.count(Submission.id))) == 2
