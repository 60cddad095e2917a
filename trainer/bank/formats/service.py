"""HTTP services: files to begin with, a hidden suite in phases, and answers given as folders or as changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Any

from sandbox.model import Limits, Verdict
from trainer.bank.causes import ANSWER
from trainer.bank.flaws import Flaws, Spot, did_you_mean
from trainer.bank.formats.base import ALL_TEXTS, Content
from trainer.bank.front_matter import FrontMatter, ServiceMatter
from trainer.bank.problem import Service, Submission
from trainer.bank.sources import pack, unpack
from trainer.bank.strict_yaml import read_yaml
from trainer.bank.suites import read_suite
from trainer.bank.texts import FOLDERS as VERDICTS
from trainer.errors import InputError

Matter = ServiceMatter
TEXTS = ALL_TEXTS
REQUIRED: tuple[str, ...] = ()
OPTIONAL: tuple[str, ...] = ()
PLACES = (
    r"data/suite/\d\d_[a-z0-9_]+\.py",
    r"starter/.+",
    r"submissions/[^/]+/[^/]+/.+",
    r"submissions/[^/]+/[^/]+\.yaml",
)
LANGUAGE = "files"
"""What a service is answered in: a JSON object, a text for each path."""
LANGUAGES = {".json": LANGUAGE}
KEYS: Mapping[str, type | UnionType] = {
    "mistake": str, "fails": str | list, "base": str, "changes": list, "add": dict, "remove": list, "cause": str,
}  # fmt: skip
_WORDS: Mapping[type | UnionType, str] = {
    str: "a text",
    list: "a list",
    dict: "a text for each path",
    str | list: "a step, or a list of those that may come first",
}

Files = dict[str, str]


def read(matter: FrontMatter, texts: Mapping[str, str], flaws: Flaws) -> Content | None:
    assert isinstance(matter, ServiceMatter)
    phases, steps = read_suite(texts, flaws)
    starter = _below("starter/", texts)
    if not starter:
        flaws.add("starter/", "", "holds no files", "add what students begin with: it must listen, and be wrong")
    submissions = _Answers(texts, starter, flaws).read()
    if not starter or not _fits(starter, "starter/", flaws):
        return None
    return Content(
        signature=None,
        limits=Limits(memory_mib=384),
        samples=tuple(case for case in steps if case.sample),
        secrets=tuple(case for case in steps if not case.sample),
        starters={LANGUAGE: pack(starter)},
        submissions=submissions,
        service=Service(matter.start, dict(matter.env), matter.upstream, phases, steps),
    )


class _Answers:
    """Reads submissions/: a folder of files each, or a YAML file of changes to another one."""

    def __init__(self, texts: Mapping[str, str], starter: Files, flaws: Flaws) -> None:
        self._texts = texts
        self._flaws = flaws
        self._files: dict[str, Files] = {"starter": starter}

    def read(self) -> tuple[Submission, ...]:
        found = [one for one in self._read_all() if one]
        if not any(one.verdict is Verdict.ACCEPTED for one in found):
            self._flaws.add("submissions/accepted/", "", "holds no answer", "add the reference: a folder, or changes")
        return tuple(sorted(found, key=lambda one: (one.verdict is not Verdict.ACCEPTED, one.path)))

    def _read_all(self) -> Iterator[Submission | None]:
        """Accepted ones first: others are changes to them."""
        tops = {"/".join(path.split("/")[:3]) for path in self._texts if path.startswith("submissions/")}
        for top in sorted(tops, key=lambda top: (not top.startswith("submissions/accepted/"), top)):
            yield self._changed(top) if top in self._texts else self._folder(top)

    def _folder(self, top: str) -> Submission | None:
        verdict = self._verdict(top)
        if verdict is not Verdict.ACCEPTED:
            self._flaws.add(
                top, "", "is a folder", "write a wrong answer as changes, in a YAML file that says the mistake"
            )
            return None
        return self._made(top, top.rpartition("/")[2], verdict, _below(f"{top}/", self._texts), {})

    def _changed(self, top: str) -> Submission | None:
        verdict, spot = self._verdict(top), self._flaws.at(top)
        told = read_yaml(self._texts[top], top, self._flaws)
        if verdict is None or not _keys_are_right(told, verdict, spot):
            return None
        base = told.get("base", "starter" if verdict is Verdict.ACCEPTED else next(iter(self._accepted()), "starter"))
        if base not in self._files:
            spot.at("base").add(f"there is no {base!r}", did_you_mean(str(base), self._files))
            return None
        files = _apply(self._files[base], told, spot)
        name = top.rpartition("/")[2].removesuffix(".yaml")
        return self._made(top, name, verdict, files, told) if files is not None else None

    def _made(self, path: str, name: str, verdict: Verdict, files: Files, told: Mapping[str, Any]) -> Submission | None:
        if not _fits(files, path, self._flaws):
            return None
        if verdict is Verdict.ACCEPTED:
            self._files[name] = files
        fails = told.get("fails", [])
        steps = tuple(map(str, fails)) if isinstance(fails, list) else (fails,)
        return Submission(path, name, LANGUAGE, verdict, pack(files), str(told.get("mistake", "")), steps)

    def _accepted(self) -> Iterator[str]:
        return (name for name in self._files if name != "starter")

    def _verdict(self, top: str) -> Verdict | None:
        folder = top.split("/")[1]
        if folder not in VERDICTS:
            self._flaws.add(top, "", f"there is no verdict {folder!r}", did_you_mean(folder, VERDICTS))
        return VERDICTS.get(folder)


def _below(folder: str, texts: Mapping[str, str]) -> Files:
    return {path.removeprefix(folder): text for path, text in texts.items() if path.startswith(folder)}


def _fits(files: Files, path: str, flaws: Flaws) -> bool:
    try:
        unpack(pack(files))
    except InputError as error:
        flaws.add(path, "", str(error), "students could not send it")
        return False
    return True


def _keys_are_right(told: Any, verdict: Verdict, spot: Spot) -> bool:
    before = len(spot.flaws.found)
    if not isinstance(told, dict):
        spot.add("is no answer", "write 'changes:' with '- file: …', 'from: |' and 'to: |'")
        return False
    for key, value in told.items():
        if key not in KEYS:
            spot.at(str(key)).add("unknown key", did_you_mean(str(key), KEYS))
        elif not isinstance(value, KEYS[key]):
            spot.at(str(key)).add(f"{str(value)[:60]!r} will not do", f"write {_WORDS[KEYS[key]]}")
    for key in ("mistake", "fails"):
        if (verdict is Verdict.ACCEPTED) == (key in told):
            fix = "remove it" if key in told else "say it in one sentence" if key == "mistake" else "name a step"
            spot.at(key).add("stands in an accepted answer" if key in told else "is missing", fix)
    if not {"changes", "add", "remove", "cause"} & told.keys():
        spot.add("changes nothing", "write 'changes:' with '- file: …', 'from: |' and 'to: |'")
    return len(spot.flaws.found) == before


def _apply(base: Files, told: Mapping[str, Any], spot: Spot) -> Files | None:
    """The files after the changes; each text that is replaced must stand there exactly once."""
    before = len(spot.flaws.found)
    files = dict(base)
    for path in told.get("remove", []):
        if files.pop(str(path), None) is None:
            spot.at("remove").add(f"there is no file {path!r}", did_you_mean(str(path), files))
    for number, change in enumerate(told.get("changes", []), 1):
        _replace(files, change, spot.at(f"change {number}"))
    for path, text in told.get("add", {}).items():
        files[str(path)] = str(text)
    if "cause" in told:
        files[ANSWER] = str(told["cause"])
    return files if len(spot.flaws.found) == before else None


def _replace(files: Files, change: Any, spot: Spot) -> None:
    if not isinstance(change, dict) or set(change) != {"file", "from", "to"}:
        spot.add("is no change", "write 'file:', 'from: |' and 'to: |'")
        return
    path, old, new = str(change["file"]), str(change["from"]), str(change["to"] or "")
    if path not in files:
        spot.add(f"there is no file {path!r}", did_you_mean(path, files))
    elif files[path].count(old) != 1:
        spot.add(f"its text stands {files[path].count(old)} times in {path}", "give lines that stand there once")
    else:
        files[path] = files[path].replace(old, new)
