"""The search finds problems by what students call them, alike in both databases."""

from __future__ import annotations

import sys
import threading
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
import snowballstemmer
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.conftest import ending
from tests.factories import make_user, publish
from tests.postgres import PostgresServer
from trainer import migrate
from trainer.bank.topics import Topic, read_topics
from trainer.db import make_engine
from trainer.models import Problem, ProblemVersion
from trainer.services import catalogue, problem_list, publishing, search
from trainer.services.catalogue import Filters
from trainer.services.interviews import state
from trainer.services.search import Asked, closest_topics
from trainer.services.search.terms import name_term, stem

BANK = Path(__file__).parents[3] / "problems"
PHRASES = [
    tuple(line.split(" = "))
    for line in Path(__file__).with_name("phrases.txt").read_text().splitlines()
    if not line.startswith("#")
]
TOPICS = [
    Topic(id="idempotency", title="Idempotency", group="Backend"),
    Topic(id="graphs", title="Graphs", group="Algorithms", known_as=("bfs", "shortest path")),
    Topic(id="queues", title="Queues", group="Algorithms"),
]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def whole_bank(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """The problems that come with the trainer, published."""
    if request.param == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres")
        url = server.fresh()
    else:
        url = f"sqlite:///{tmp_path_factory.mktemp('bank') / 'trainer.db'}"
    engine = make_engine(url)
    migrate.upgrade(engine)
    with ending(engine), Session(engine, expire_on_commit=False) as session:
        assert {what for _, what in publishing.sync(session, BANK)} == {"new"}
        session.commit()
        yield session


def found(session: Session, text: str, known: list[Topic], topics: frozenset[str] = frozenset()) -> list[str]:
    """Addresses, best match first."""
    asked = Filters(asked=Asked.of(text, known), topics=topics)
    return [entry.slug for entry in problem_list.listed(session, None, asked).items]


def found_as(session: Session, text: str) -> dict[str, str]:
    asked = Filters(asked=Asked.of(text, TOPICS))
    return {entry.slug: entry.found_as for entry in problem_list.listed(session, None, asked).items}


def test_what_students_type_finds_what_they_mean(whole_bank: Session) -> None:
    topics = read_topics(BANK / "topics.yaml")
    wrong = []
    for phrase, expected in PHRASES:
        if expected.startswith("- "):
            first = [topic.id for topic in closest_topics(phrase, topics)][:1]
            got = "".join(found(whole_bank, phrase, topics)[:1]) or f"- {' '.join(first)}"
        else:
            got = "".join(found(whole_bank, phrase, topics)[:1])
        if got != expected:
            wrong.append(f"{phrase}: {got or 'nothing'} instead of {expected}")
    assert len(PHRASES) >= 118
    assert wrong == []


@pytest.mark.parametrize("whole_bank", ["sqlite"], indirect=True)  # the other test of it asks both
def test_every_name_of_a_problem_finds_it_first(whole_bank: Session) -> None:
    topics = read_topics(BANK / "topics.yaml")
    called: defaultdict[str, set[str]] = defaultdict(set)
    for version in whole_bank.scalars(sa.select(ProblemVersion)).all():
        for name in (version.title, version.problem.slug, *version.known_as):
            called[name_term(name)].add(version.problem.slug)
    for version in whole_bank.scalars(sa.select(ProblemVersion)).all():
        for name in (version.title, *version.known_as):
            namesakes = called[name_term(name)]
            assert set(found(whole_bank, name, topics)[: len(namesakes)]) == namesakes, name


EVERY = ["sent-twice", "hops", "caches", "trie"]


@pytest.fixture
def bank(session: Session) -> Session:
    publish(session, "sent-twice", title="Order sent twice", topics="idempotency", statement="Answer each retry alike.")
    publish(session, "hops", title="Fewest hops", topics="graphs", known_as="[lru cache, merge intervals]")
    publish(session, "trie", title="A trie on a bus", topics="graphs", known_as="[alias]")
    publish(session, "caches", title="Caching façade", topics="queues", statement="A queue of digits, O(n) or N+1.")
    return session


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cach", ["caches", "hops"]),
        ("CACHED", ["caches", "hops"]),
        ("facade", ["caches"]),
        ("Façade", ["caches"]),
        ("retries", ["sent-twice"]),
        ("idempotent", ["sent-twice"]),
        ("tries", ["trie"]),
        ("trie", ["trie"]),
        ("aliases", ["trie"]),
        ("buses", ["trie"]),
        ("merging  an interval!", ["hops"]),
        ("mergeintervals", ["hops"]),
        ("lru", ["hops"]),
        ("ru", []),
        ("git", []),
        ("n+1", ["caches"]),
        ("bfs", ["hops", "trie"]),
        ("shortest hops", ["hops"]),
        ("queues order", []),
        ('"', EVERY),
        ("lru*) OR (hops", ["hops"]),
        ("names: lru", []),
        ("'lru' & !cache", ["hops"]),
        ("NEAR(lru)", []),
        ("the", EVERY),
        ("", EVERY),
    ],
)
def test_words_match_at_their_beginnings_and_by_stem(bank: Session, text: str, expected: list[str]) -> None:
    assert sorted(found(bank, text, TOPICS)) == sorted(expected)


def test_names_come_before_topics_and_topics_before_statements(session: Session) -> None:
    publish(session, "said", title="A", statement="Think of queues.")
    publish(session, "topic", title="B", topics="queues")
    publish(session, "titled", title="Two queues, one clerk")
    publish(session, "both", title="Long queues", topics="queues")
    publish(session, "named", title="C", known_as="[queue]")
    assert found(session, "queues", TOPICS) == ["named", "both", "topic", "titled", "said"]
    assert found(session, "queue clerk", TOPICS) == ["titled"]


def test_a_name_is_told_where_the_title_does_not_say_it(bank: Session) -> None:
    assert found_as(bank, "cache") == {"caches": "", "hops": "lru cache"}
    assert found_as(bank, "merge intervals") == {"hops": "merge intervals"}
    assert found_as(bank, "bfs") == {"hops": "", "trie": ""}
    assert set(found_as(bank, "").values()) == {""}


def test_filters_hold_for_what_is_found(bank: Session) -> None:
    assert found(bank, "cache", TOPICS, topics=frozenset({"graphs"})) == ["hops"]


def test_a_new_version_is_found_by_what_it_says_now(bank: Session) -> None:
    publish(bank, "hops", title="Fewest steps", topics="queues")
    assert found(bank, "hops", TOPICS) == ["hops"]  # its address
    assert found(bank, "fewest steps", TOPICS) == ["hops"]
    assert found(bank, "lru", TOPICS) == []
    assert found(bank, "graphs", TOPICS) == ["trie"]


def test_what_an_older_release_published_is_indexed_once(bank: Session) -> None:
    bank.execute(sa.text("DELETE FROM problem_search"))
    bank.execute(sa.update(Problem).values(indexed=None))
    bank.expire_all()
    assert found(bank, "lru", TOPICS) == []
    assert search.bring_up_to_date(bank) == len(EVERY)
    assert found(bank, "lru", TOPICS) == ["hops"]
    assert search.bring_up_to_date(bank) == 0


def test_a_version_that_cannot_be_read_is_found_by_its_title(bank: Session) -> None:
    damaged = sa.update(ProblemVersion).values(content=b"?", files=b"?")
    bank.execute(damaged.where(ProblemVersion.title == "Fewest hops"))
    bank.execute(sa.update(Problem).values(indexed="0:0"))
    bank.expire_all()
    search.bring_up_to_date(bank)
    assert found(bank, "fewest lru", TOPICS) == ["hops"]


def test_nothing_tells_the_names_of_a_running_interviews_problems(
    bank: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = make_user(bank)
    hops = bank.scalars(sa.select(Problem.id).where(Problem.slug == "hops")).one()
    monkeypatch.setattr(state, "held", lambda *_: frozenset({hops}))
    assert [alias.name for alias in problem_list.aliases(catalogue.entries(bank, user.id))] == ["alias"]
    assert [alias.name for alias in problem_list.aliases(catalogue.entries(bank, None))] == [
        "alias",
        "lru cache",
        "merge intervals",
    ]
    assert problem_list.listed(bank, user.id, Filters(asked=Asked.of("lru"))).total == 0


def test_many_may_search_at_once() -> None:
    """The stem of a word is its own, also where other threads look for others at the same moment."""
    several = [f"{word}{n}s" for n in range(300) for word in ("scheduling", "idempotency", "transactions", "caching")]
    right = {word: snowballstemmer.stemmer("english").stemWord(word) for word in several}
    found: list[dict[str, str]] = []
    errors: list[Exception] = []

    def look(some: list[str]) -> None:
        try:
            found.append({word: stem(word) for word in some})
        except Exception as error:
            errors.append(error)

    stem.cache_clear()
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        threads = [threading.Thread(target=look, args=(several[n::4],)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert errors == []
    assert {word: one for some in found for word, one in some.items()} == right


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("idempotant", ["idempotency"]),
        ("shortest route", ["graphs"]),
        ("quues graph", ["graphs", "queues"]),
        ("zeppelin", []),
        ("", []),
    ],
)
def test_the_closest_topics_are_named(text: str, expected: list[str]) -> None:
    assert [topic.id for topic in closest_topics(text, TOPICS)] == expected
