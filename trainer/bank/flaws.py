"""Collects what is wrong in a package, so that an author reads all of it at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

from trainer.errors import Flaw, PackageError

MOST = 100
"""Flaws kept of one package: more would help nobody."""


LONGEST_WORD = 200
"""Characters by which words are held to be near: an author's may have megabytes."""


@dataclass(slots=True)
class Flaws:
    """The flaws found so far, in one package.

    `published`: the package was taken in before. What is only doubtful in it stays readable.
    """

    slug: str
    found: list[Flaw] = field(default_factory=list)
    published: bool = False

    def add(self, file: str, key: str, problem: str, fix: str = "") -> None:
        if len(self.found) < MOST:
            self.found.append(Flaw(file, key, problem, fix))

    def doubt(self, file: str, key: str, problem: str, fix: str = "") -> None:
        """Something that can be read, but perhaps not as it is meant: a flaw while a package is being written."""
        if not self.published:
            self.add(file, key, problem, fix)

    def at(self, file: str, key: str = "") -> Spot:
        return Spot(self, file, key)

    def stop(self) -> None:
        """Raise PackageError if anything was found."""
        if self.found:
            raise PackageError(self.slug, self.found)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file, to which flaws can be added."""

    flaws: Flaws
    file: str
    key: str

    def add(self, problem: str, fix: str = "") -> None:
        self.flaws.add(self.file, self.key, problem, fix)

    def doubt(self, problem: str, fix: str = "") -> None:
        self.flaws.doubt(self.file, self.key, problem, fix)

    def at(self, more: str) -> Spot:
        """A place below this one: `more` goes on where the key ends."""
        return Spot(self.flaws, self.file, self.key + more)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The fix for a word that is not known: its nearest neighbour, or the whole list."""
    words, word = sorted(one[:LONGEST_WORD] for one in known), word[:LONGEST_WORD]
    starts = [w for w in words if w.startswith(word) or word.startswith(w)]
    near = difflib.get_close_matches(word, words, n=1) or starts or difflib.get_close_matches(word, words, 1, 0.5)
    return f"did you mean {near[0]!r}?" if near else f"known: {', '.join(words)}"
