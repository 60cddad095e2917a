"""What comes next, and what a topic's row says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from trainer.learning.progress import State, Work, by_topic, recommend, state_of

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
TOPICS = ("arrays", "queues", "trees")

works = st.lists(
    st.builds(
        Work,
        slug=st.text("abcdef", min_size=1, max_size=6),
        title=st.just("A problem"),
        topics=st.lists(st.sampled_from(TOPICS), min_size=1, max_size=3, unique=True).map(tuple),
        difficulty=st.integers(0, 2),
        minutes=st.integers(1, 60),
        state=st.sampled_from(State),
        tries=st.integers(0, 9),
        active_at=st.none() | st.integers(0, 1000).map(lambda n: NOON + timedelta(minutes=n)),
    ),
    unique_by=lambda work: work.slug,
)


def work(slug: str, state: State = State.NEW, **changes: object) -> Work:
    values = {"title": slug, "topics": ("arrays",), "difficulty": 0, "minutes": 10} | changes
    return Work(slug=slug, state=state, **values)  # type: ignore[arg-type]


def test_tries_without_acceptance_are_tried() -> None:
    assert state_of(tries=0, accepted=False) is State.NEW
    assert state_of(tries=2, accepted=False) is State.TRIED
    assert state_of(tries=2, accepted=True) is State.ACCEPTED


def test_what_was_begun_last_comes_first() -> None:
    older = work("older", State.TRIED, active_at=NOON)
    newer = work("newer", State.TRIED, active_at=NOON + timedelta(days=1))
    assert recommend([work("fresh"), older, newer], {}) == newer


def test_an_easy_problem_comes_before_a_hard_one() -> None:
    assert recommend([work("hard", difficulty=2, minutes=1), work("easy", difficulty=0)], {}) == work("easy")


def test_a_problem_whose_prerequisite_is_untouched_waits() -> None:
    queue = work("queue", topics=("queues",), minutes=5)
    array = work("array", topics=("arrays",), minutes=9)
    assert recommend([queue, array], {"queues": ("arrays",)}) == array
    done = work("done", State.ACCEPTED, topics=("arrays",))
    assert recommend([queue, array, done], {"queues": ("arrays",)}) == queue


def test_a_prerequisite_that_no_problem_trains_is_no_obstacle() -> None:
    queue = work("queue", topics=("queues",), minutes=5)
    assert recommend([queue, work("array", minutes=9)], {"queues": ("git",)}) == queue


def test_a_warm_up_comes_last() -> None:
    assert recommend([work("a-warm-up", warm_up=True), work("other", difficulty=2)], {}) == work("other", difficulty=2)


def test_nothing_comes_next_when_all_is_accepted() -> None:
    assert recommend([work("a", State.ACCEPTED)], {}) is None


@given(works)
def test_what_comes_next_is_never_accepted_already(given_works: list[Work]) -> None:
    chosen = recommend(given_works, {"trees": ("arrays",)})
    open_ones = [w for w in given_works if w.state is not State.ACCEPTED]
    assert (chosen is None) == (not open_ones)
    assert chosen is None or chosen in open_ones


@given(works)
def test_rows_count_each_problem_in_each_of_its_topics(given_works: list[Work]) -> None:
    rows = {row.topic: row for row in by_topic(given_works, TOPICS)}
    for topic in TOPICS:
        mine = [w for w in given_works if topic in w.topics]
        if not mine:
            assert topic not in rows
            continue
        row = rows[topic]
        assert row.total == len(mine)
        assert row.solved <= row.attempted <= row.total
        assert row.tries == sum(w.tries for w in mine)
        assert row.active_at == max((w.active_at for w in mine if w.active_at), default=None)
