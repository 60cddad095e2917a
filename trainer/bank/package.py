"""Reads a package: files in, one frozen `Problem` out, or every flaw at once."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType

from sandbox.model import Case, Compare
from sandbox.signature import Signature
from trainer.bank.cases import SAMPLE_FILE, SECRET_FILE, read_cases
from trainer.bank.files import MOST_FILES, TOTAL_BYTES, Package, check_path, check_slug, load_folder
from trainer.bank.flaws import Flaws, did_you_mean
from trainer.bank.front_matter import FrontMatter, check_words, read_front_matter, read_signature
from trainer.bank.problem import Hint, Problem, Submission
from trainer.bank.starters import starter
from trainer.bank.texts import read_hints, read_starters, read_submissions

KINDS = ("function",)
GENERATOR_FILE = "data/generate.py"
REQUIRED = ("problem.md", "hints.md", "solution.md", SAMPLE_FILE, SECRET_FILE)
_LARGEST = {".md": 32 * 1024, ".py": 64 * 1024, ".yaml": 2 * 1024 * 1024}


def read_package(
    files: Mapping[str, bytes], slug: str, *, topics: Collection[str] | None = None, kinds: Collection[str] = KINDS
) -> Problem:
    """The problem that these files describe. `topics` are the known ones; None does not check them.

    Raises PackageError with all flaws.
    """
    flaws = Flaws(slug)
    check_slug(slug, flaws)
    texts = _texts(files, flaws)
    matter, statement = read_front_matter(texts.get("problem.md", ""), flaws)
    signature = None
    if matter:
        check_words(matter, topics, kinds, flaws)
        signature = read_signature(matter, flaws)
    samples, secrets = _cases(texts, signature, matter.compare if matter else Compare.EXACT, flaws)
    parts = _Parts(texts, flaws)
    flaws.stop()
    if matter is None or signature is None:
        raise AssertionError("a package without flaws has front matter and a signature")
    return _problem(slug, matter, signature, statement, parts, samples, secrets)


def list_bank(root: Path) -> tuple[str, ...]:
    """Slugs of the packages in the bank's folder: each folder with a problem.md."""
    return tuple(sorted(path.parent.name for path in root.glob("*/problem.md")))


def load_bank(root: Path) -> tuple[Package, ...]:
    """All packages of the bank's folder. Raises PackageError at the first whose files are odd."""
    return tuple(load_folder(root / slug) for slug in list_bank(root))


class _Parts:
    """Texts and code of a package, read."""

    def __init__(self, texts: Mapping[str, str], flaws: Flaws) -> None:
        self.hints: tuple[Hint, ...] = read_hints(texts.get("hints.md", ""), flaws)
        self.solution = texts.get("solution.md", "")
        self.submissions: tuple[Submission, ...] = read_submissions(texts, flaws)
        self.starters = read_starters(texts, flaws)
        self.generator = texts.get(GENERATOR_FILE)
        if self.generator is not None:
            _check_generator(self.generator, flaws)


def _problem(
    slug: str,
    matter: FrontMatter,
    signature: Signature,
    statement: str,
    parts: _Parts,
    samples: tuple[Case, ...],
    secrets: tuple[Case, ...],
) -> Problem:
    return Problem(
        slug=slug,
        title=matter.title,
        kind=matter.kind,
        difficulty=matter.difficulty,
        topics=tuple(matter.topics),
        signature=signature,
        in_place=matter.in_place,
        limits=matter.read_limits(),
        compare=matter.compare,
        complexity=matter.read_complexity(),
        reveal=matter.reveal,
        minutes=matter.minutes,
        prerequisites=tuple(matter.prerequisites),
        warm_up=matter.warm_up,
        statement=statement,
        hints=parts.hints,
        solution=parts.solution,
        starters=MappingProxyType({"python": starter(signature)} | parts.starters),
        samples=samples,
        secrets=secrets,
        generator=parts.generator,
        submissions=parts.submissions,
    )


def _texts(files: Mapping[str, bytes], flaws: Flaws) -> dict[str, str]:
    """The files as text; those that the format does not know, cannot bound or cannot decode become flaws."""
    if len(files) > MOST_FILES or sum(map(len, files.values())) > TOTAL_BYTES:
        flaws.add("", "", "is too large", f"at most {MOST_FILES} files and 20 MiB")
        flaws.stop()
    texts = {}
    for path, content in sorted(files.items()):
        if check_path(path, flaws) and _is_known(path, flaws):
            texts[path] = _text(path, content, flaws)
    for path in REQUIRED:
        if path not in files:
            flaws.add(path, "", "is missing", "add it; problems/README.md has an example")
    return texts


def _is_known(path: str, flaws: Flaws) -> bool:
    folder, _, rest = path.partition("/")
    known = (*REQUIRED, GENERATOR_FILE)
    if path in known or (folder == "starter" and rest) or (folder == "submissions" and rest.count("/") == 1):
        return True
    flaws.add(path, "", "is no file of a package", did_you_mean(path, [*known, "starter/", "submissions/"]))
    return False


def _text(path: str, content: bytes, flaws: Flaws) -> str:
    most = next((size for end, size in _LARGEST.items() if path.endswith(end)), 64 * 1024)
    if len(content) > most:
        flaws.add(path, "", f"is larger than {most // 1024} KiB", "let data/generate.py make large cases")
        return ""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        flaws.add(path, f"byte {error.start}", "is not UTF-8", "save the file as UTF-8")
        return ""
    if "\0" in text:
        flaws.add(path, f"character {text.index(chr(0))}", "is a NUL", "remove it")
        return ""
    return text


def _cases(
    texts: Mapping[str, str], signature: Signature | None, compare: Compare, flaws: Flaws
) -> tuple[tuple[Case, ...], tuple[Case, ...]]:
    samples, secrets = (
        read_cases(texts[file], file, signature, compare, flaws) if file in texts else ()
        for file in (SAMPLE_FILE, SECRET_FILE)
    )
    names: set[str] = set()
    for file, case in [*((SAMPLE_FILE, c) for c in samples), *((SECRET_FILE, c) for c in secrets)]:
        if case.name in names:
            flaws.add(file, case.name, "is the name of two cases", "say what each one tests")
        names.add(case.name)
    return samples, secrets


def _check_generator(source: str, flaws: Flaws) -> None:
    """It must be a program with generate(rng); it is only read here, never run: that needs a box."""
    try:
        with warnings.catch_warnings(action="ignore"):
            tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None)
        flaws.add(GENERATOR_FILE, f"line {line}" if line else "", f"is no Python: {error}", "mend it")
        return
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "generate"]
    if not functions or len(functions[0].args.args) != 1:
        flaws.add(GENERATOR_FILE, "generate", "is missing", "define 'def generate(rng):' that yields (name, args)")
