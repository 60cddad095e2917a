"""An installation explains known mistakes from its first start, where the bank's proofs tell them."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories import lay, make_package
from trainer.bank import proofs
from trainer.bank.files import load_folder
from trainer.bank.report import CheckReport, Finding
from trainer.models import KnownMistakes, ProblemVersion
from trainer.services import publishing

MISTAKES = {"AW": "Nothing was doubled."}


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    lay(tmp_path, make_package())
    return tmp_path


def prove(bank: Path, *, brief: bool = False) -> None:
    package = load_folder(bank / "double")
    report = CheckReport("double", (Finding("package", True, "read"),), mistakes=MISTAKES, done=True)
    proofs.keep(bank, package, report, brief=brief)


def known(session: Session) -> list[dict[str, str]]:
    return list(session.scalars(sa.select(KnownMistakes.patterns)))


def test_a_new_version_knows_them_at_once(session: Session, bank: Path) -> None:
    prove(bank)
    list(publishing.sync(session, bank))
    assert known(session) == [MISTAKES]


def test_so_does_one_with_answers_in_several_languages(session: Session, bank: Path) -> None:
    answer = bank / "double" / "submissions" / "accepted" / "twice.js"
    answer.write_text("function double(number) {\n  return 2 * number;\n}\n")
    prove(bank)
    list(publishing.sync(session, bank))
    assert known(session) == [MISTAKES]


def test_a_version_stored_before_its_proof_learns_them_later(session: Session, bank: Path) -> None:
    list(publishing.sync(session, bank))
    assert known(session) == []
    prove(bank)
    assert list(publishing.sync(session, bank)) == [("double", "unchanged")]
    assert known(session) == [MISTAKES]


def test_what_was_worked_out_here_is_kept(session: Session, bank: Path) -> None:
    list(publishing.sync(session, bank))
    (version,) = session.scalars(sa.select(ProblemVersion))
    publishing.keep_mistakes(session, version.id, {"WA": "Worked out here."})
    prove(bank)
    list(publishing.sync(session, bank))
    assert known(session) == [{"WA": "Worked out here."}]


@pytest.mark.parametrize("why", ["brief", "changed", "unreadable"])
def test_a_proof_that_does_not_tell_or_hold_tells_nothing(session: Session, bank: Path, why: str) -> None:
    prove(bank, brief=why == "brief")
    if why == "changed":
        statement = bank / "double" / "problem.md"
        statement.write_bytes(statement.read_bytes() + b"\nMore.\n")
    if why == "unreadable":
        (bank / proofs.FILE).write_text("{")
    assert [what for _, what in publishing.sync(session, bank)] == ["new"]
    assert known(session) == []
