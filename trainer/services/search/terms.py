"""Words of texts and of questions, as the full-text index has them.

Both databases get terms that are already made: letters and digits in lower case without accents. A word stands there
as it is, so that a beginning finds it, and by its stem, marked, so that *idempotent* finds *Idempotency*. A name
(a title or an alias) stands there whole as well, as one term: who asks for exactly this name gets it first.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

import snowballstemmer

from trainer.bank.topics import Topic

MOST_WORDS = 8
"""Of a question. What is beyond is not looked for."""
LONGEST_WORD = 60
"""In characters; of longer ones the beginning counts."""
LEAST_LIKENESS = 0.75
"""Of a misspelt word to the right one, from 0 to 1."""

_SMALL_WORDS = frozenset(
    {"a", "an", "and", "against", "as", "for", "from", "how", "in", "is", "of", "on", "or"}
    | {"the", "to", "versus", "vs", "what", "with"}
)
"""They need not be there, unless nothing else is asked for: *put vs patch* finds *PATCH against PUT*."""
_WORD = re.compile(r"[^\W_]+")
_stemmer = snowballstemmer.stemmer("english")
_stemming = threading.Lock()
"""The stemmer keeps the word that it works on: two threads at once would get each other's stems."""


def words(text: str) -> list[str]:
    """The words of a text in their order: *Café, N+1* has the words *cafe*, *n* and *1*."""
    folded = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return [word[:LONGEST_WORD] for word in _WORD.findall(folded.lower())]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What is left of an English word without its ending."""
    with _stemming:
        return str(_stemmer.stemWord(word))


def singulars(word: str) -> list[str]:
    """What this may be the plural of: the stemmer gives *alias* and *aliases*, *trie* and *tries* two stems each."""
    return [word[: -len(ending)] for ending in ("s", "es") if word.endswith(ending) and len(word) > len(ending) + 2]


def stem_term(word: str) -> str:
    return f"stem{stem(word)}"


def name_term(name: str) -> str:
    """A whole name as one term; *merge interval* is the same name as *Merging intervals*."""
    return f"name{''.join(map(stem, words(name)))}"


def topic_term(topic_id: str) -> str:
    return f"topic{''.join(words(topic_id))}"


def terms_of_text(text: str) -> set[str]:
    found = set(words(text))
    return found | {stem_term(word) for word in found}


def terms_of_names(names: Iterable[str]) -> set[str]:
    """Also *urlshortener* finds *URL shortener*."""
    terms: set[str] = set()
    for name in names:
        terms |= terms_of_text(name) | {name_term(name), "".join(words(name))}
    return terms


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a question, and terms that mean the same: its stem, its singulars, the topics that have it."""

    text: str
    stem: str
    singulars: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    @classmethod
    def of(cls, word: str, topics: Sequence[Topic]) -> Word:
        having = (topic_term(topic.id) for topic in _topics_with(word, topics))
        return cls(word, stem_term(word), tuple(singulars(word)), tuple(having))


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for: all telling `words` of the `text` have to be there; `name` is all of it as one term.

    `topics` are the terms of topics that are called exactly so.
    """

    text: str = ""
    words: tuple[Word, ...] = ()
    name: str = ""
    topics: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str, topics: Sequence[Topic] = ()) -> Asked:
        """What a text asks for. Without words in it, nothing: all problems fit."""
        text = " ".join(text.split())
        found = list(dict.fromkeys(words(text)))
        telling = [word for word in found if word not in _SMALL_WORDS] or found
        name = name_term(text)
        return cls(
            text,
            tuple(Word.of(word, topics) for word in telling[:MOST_WORDS]),
            name,
            tuple(topic_term(topic.id) for topic in topics if name in map(name_term, topic.names)),
        )

    def __bool__(self) -> bool:
        return bool(self.words)

    def found_as(self, title: str, aliases: Iterable[str]) -> str:
        """The alias by which a problem with this title was found; empty where its title says the same."""
        if not self or self._is_in(title):
            return ""
        fitting = [alias for alias in aliases if self._is_in(alias)]
        return next((alias for alias in fitting if name_term(alias) == self.name), fitting[0] if fitting else "")

    def _is_in(self, name: str) -> bool:
        return all(has_word(name, word.text) for word in self.words)


def has_word(name: str, word: str) -> bool:
    """Does a word of the name begin so, have the same stem, or is this its plural?"""
    return any(one.startswith(word) or stem(one) == stem(word) or one in singulars(word) for one in words(name))


def closest_topics(text: str, topics: Sequence[Topic], most: int = 3) -> list[Topic]:
    """Topics with most of the words, or with words that look like them; empty where nothing is near."""
    known = {word for topic in topics for name in topic.names for word in words(name)}
    scores: Counter[str] = Counter()
    for word in words(text)[:MOST_WORDS]:
        meant = _topics_with(word, topics) or [
            topic for near in get_close_matches(word, known, 1, LEAST_LIKENESS) for topic in _topics_with(near, topics)
        ]
        scores.update(topic.id for topic in meant)
    near = [topic for topic in topics if scores[topic.id]]
    return sorted(near, key=lambda topic: -scores[topic.id])[:most]


def _topics_with(word: str, topics: Iterable[Topic]) -> list[Topic]:
    return [topic for topic in topics if any(has_word(name, word) for name in topic.names)]
