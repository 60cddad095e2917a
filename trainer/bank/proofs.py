"""Keeps what a package's check proved, so that it is proved again only when something that decides it has changed.

A proof is bound to three digests: the package's files, the code that checks and judges, and the images of the boxes.
It tells which hidden cases the known mistakes fail, too, so that an installation need not work that out once more.
`proofs.lock` in the bank's folder holds one line for each package.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sandbox.identity import host_modules, image_name
from sandbox.languages import languages
from trainer.bank.files import Package, load_folder
from trainer.bank.package import read_package
from trainer.bank.report import CheckReport
from trainer.errors import BankError, PackageError

FILE = "proofs.lock"
BANK = Path(__file__).parent
IMAGES: Mapping[str, tuple[str, ...]] = {
    "function": ("python",),
    "sql": ("data", "python"),
    "service": ("data", "service", "suite"),
    "debug": ("data", "service", "suite"),
    "quiz": (),
}
"""By kind, the images of the boxes in which its packages are checked, whatever languages their programs are in."""
SERVICES = ("service", "debug")
ONLY_FOR: Mapping[str, tuple[str, ...]] = {
    "bank/formats/function.py": ("function",),
    "bank/formats/sql.py": ("sql",),
    "bank/formats/service.py": SERVICES,
    "bank/formats/debug.py": ("debug",),
    "bank/formats/quiz.py": ("quiz",),
    "bank/causes.py": ("debug",),
    "bank/questions.py": ("quiz",),
    "bank/rules/questions.py": ("quiz",),
    "bank/rules/services.py": SERVICES,
    "bank/suites.py": SERVICES,
    "sandbox/services.py": SERVICES,
    "sandbox/tables.py": ("sql",),
}
"""Modules that decide about some kinds only; every other one decides about all."""
NEVER = (
    "bank/check_lists.py",
    "bank/interviews.py",
    "bank/proofs.py",
    "bank/template.py",
    "sandbox/__main__.py",
    "sandbox/builds.py",
    "sandbox/capacity.py",
    "sandbox/conformance.py",
    "sandbox/identity.py",
    "sandbox/live.py",
    "sandbox/pool.py",
    "sandbox/selftest.py",
    "sandbox/settings.py",
    "sandbox/steps.py",
)
"""Modules that decide about no package."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a proof depends on: digests of the package's files, of the rules and of the images."""

    package: str
    rules: str
    images: str


@dataclass(frozen=True, slots=True)
class Proof:
    """A passed check: what it depended on, and how many programs were judged.

    `mistakes` as in `CheckReport`. None: the check was brief, and ended each program at its first failure.
    """

    basis: Basis
    programs: int
    mistakes: Mapping[str, str] | None = None


def basis_of(digest: str, kind: str, used: Iterable[str] = ()) -> Basis:
    """What a proof of a package with this digest depends on today. `used` are the languages of its programs."""
    names = [*IMAGES[kind], *sorted({name for name in used if name in languages()} - {*IMAGES[kind]})]
    return Basis(digest[:16], rules_digest(kind), _digest(image_name(image).encode() for image in names))


@cache
def rules_digest(kind: str) -> str:
    """A digest of all code that decides what a check of this kind finds."""
    return _digest(f"{name}\0".encode() + path.read_bytes() for name, path in modules() if _decides(name, kind))


def holds(folder: Path, slug: str, proofs: Mapping[str, Proof] | None = None, *, whole: bool = False) -> bool:
    """Was this package of the bank's folder proved, and has nothing changed since that could decide otherwise?

    `whole`: by a check that was not brief.
    """
    kept = (read_proofs(folder) if proofs is None else proofs).get(slug)
    if kept is None or (whole and kept.mistakes is None):
        return False
    try:
        package = load_folder(folder / slug)
        return kept.basis == _basis(package)
    except PackageError:
        return False  # its check says what is wrong with it


def read_proofs(folder: Path) -> dict[str, Proof]:
    """The kept proofs by slug; none where there is no file. Raises BankError where it cannot be read."""
    try:
        found = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return {slug: _proof(kept) for slug, kept in found.items()}
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BankError(f"{FILE} cannot be read ({error!r}): remove it, and `make prove` writes it anew") from error


def keep(folder: Path, package: Package, report: CheckReport, *, brief: bool = False) -> None:
    """Write what a check proved into the bank's folder, or remove the proof of a package that failed.

    A brief check keeps the mistakes that are known from a whole one.
    """
    proofs = read_proofs(folder)
    before = proofs.pop(package.slug, None)
    if report.passed:
        basis = _basis(package)
        told = before.mistakes if before is not None and before.basis == basis else None
        proofs[package.slug] = Proof(basis, len(report.trials), told if brief else report.mistakes)
    known = [slug for slug in sorted(proofs) if (folder / slug).is_dir()]
    lines = ",\n".join(f"{json.dumps(slug)}: {json.dumps(_line(proofs[slug]))}" for slug in known)
    beside = folder / f".{FILE}.{os.getpid()}"
    beside.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
    beside.replace(folder / FILE)


def _basis(package: Package) -> Basis:
    problem = read_package(package.files, package.slug)
    return basis_of(package.digest, problem.kind, {submission.language for submission in problem.submissions})


def modules() -> Iterator[tuple[str, Path]]:
    """Modules that may decide about a package, by a name that starts with their place."""
    for path in sorted(BANK.rglob("*.py")):
        yield f"bank/{path.relative_to(BANK).as_posix()}", path
    yield from host_modules()


def _decides(name: str, kind: str) -> bool:
    return name not in NEVER and kind in ONLY_FOR.get(name, (kind,))


def _digest(parts: Iterable[bytes]) -> str:
    total = hashlib.sha256()
    for part in parts:
        total.update(len(part).to_bytes(8, "big") + part)
    return total.hexdigest()[:16]


def _line(proof: Proof) -> dict[str, object]:
    line: dict[str, object] = {**asdict(proof.basis), "programs": proof.programs}
    return line if proof.mistakes is None else line | {"mistakes": dict(sorted(proof.mistakes.items()))}


def _proof(kept: Mapping[str, Any]) -> Proof:
    basis = Basis(*(str(kept[name]) for name in ("package", "rules", "images")))
    mistakes = kept.get("mistakes")
    known = None if mistakes is None else {str(key): str(said) for key, said in mistakes.items()}
    return Proof(basis, int(str(kept["programs"])), known)
