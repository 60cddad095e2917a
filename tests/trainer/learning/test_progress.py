"""What comes next, and what a topic's row says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from trainer.learning.progress import (
    Next,
    Reason,
    State,
    Tally,
    Work,
    begun,
    by_difficulty,
    by_label,
    by_topic,
    recommend,
    state_of,
    tally,
)

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


def slug_of(
    works: list[Work], prerequisites: dict[str, tuple[str, ...]] | None = None, after: Work | None = None
) -> str:
    found = recommend(works, prerequisites or {}, after)
    assert found
    return found.work.slug


def test_what_was_begun_last_comes_first() -> None:
    older = work("older", State.TRIED, active_at=NOON)
    newer = work("newer", State.TRIED, active_at=NOON + timedelta(days=1))
    accepted = work("accepted", State.ACCEPTED, active_at=NOON + timedelta(hours=1))
    found = recommend([work("fresh"), older, newer, accepted], {})
    assert found == Next(newer, Reason.BEGUN, "arrays")


def test_what_was_accepted_since_leads_on_by_its_topic() -> None:
    begun = work("begun", State.TRIED, active_at=NOON, topics=("trees",))
    accepted = work("accepted", State.ACCEPTED, active_at=NOON + timedelta(hours=1))
    found = recommend([begun, accepted, work("fresh", topics=("queues", "arrays"))], {})
    assert found == Next(work("fresh", topics=("queues", "arrays")), Reason.SAME_TOPIC, "arrays")
    assert recommend([begun, accepted], {}) == Next(begun, Reason.BEGUN, "trees")


def test_the_main_topic_leads_before_another_in_common_and_both_before_what_builds_on_them() -> None:
    done = work("done", State.ACCEPTED, topics=("arrays", "queues"))
    main = work("main", difficulty=2, topics=("arrays",))
    other = work("other", topics=("queues",))
    builds = work("builds", topics=("trees",))
    far = work("far", topics=("git",), minutes=1)
    works = [far, builds, other, main]
    needs = {"trees": ("queues",)}
    order = []
    while works:
        found = recommend(works, needs, done)
        assert found
        order.append((found.work.slug, found.reason, found.topic))
        works.remove(found.work)
    assert order == [
        ("main", Reason.HARDER, "arrays"),
        ("other", Reason.SAME_TOPIC, "queues"),
        ("builds", Reason.BUILDS_ON, "queues"),
        ("far", Reason.NEW_TOPIC, "git"),
    ]


def test_the_nearest_level_comes_first_and_the_harder_of_two() -> None:
    done = work("done", State.ACCEPTED, difficulty=1)
    levels = [work("easy", minutes=1), work("same", difficulty=1), work("hard", difficulty=2)]
    assert slug_of(levels, after=done) == "same"
    assert slug_of([levels[0], levels[2]], after=done) == "hard"


def test_a_begun_problem_of_the_topic_says_that_it_was_begun() -> None:
    done, begun = work("done", State.ACCEPTED), work("begun", State.TRIED, active_at=NOON)
    assert recommend([begun], {}, done) == Next(begun, Reason.BEGUN, "arrays")


def test_an_easy_problem_comes_before_a_hard_one() -> None:
    assert slug_of([work("hard", difficulty=2, minutes=1), work("easy", difficulty=0)]) == "easy"


def test_a_problem_whose_prerequisite_is_untouched_waits() -> None:
    queue = work("queue", topics=("queues",), minutes=5)
    array = work("array", topics=("arrays",), minutes=9)
    assert slug_of([queue, array], {"queues": ("arrays",)}) == "array"
    done = work("done", State.ACCEPTED, topics=("arrays",))
    assert slug_of([queue, array, done], {"queues": ("arrays",)}) == "queue"


def test_a_prerequisite_that_no_problem_trains_is_no_obstacle() -> None:
    queue = work("queue", topics=("queues",), minutes=5)
    assert slug_of([queue, work("array", minutes=9)], {"queues": ("git",)}) == "queue"


def test_a_warm_up_comes_last() -> None:
    works = [work("a-warm-up", warm_up=True), work("other", difficulty=2)]
    assert slug_of(works) == "other"
    assert slug_of(works, after=work("done", State.ACCEPTED)) == "other"
    assert slug_of(works[:1]) == "a-warm-up"


def test_a_topic_that_was_touched_is_not_called_new() -> None:
    done = work("done", State.ACCEPTED, topics=("queues", "arrays"))
    assert recommend([done, work("left")], {}) == Next(work("left"), Reason.LEFT, "arrays")


def test_nothing_comes_next_when_all_is_accepted() -> None:
    assert recommend([work("a", State.ACCEPTED)], {}) is None


@given(works, st.booleans())
def test_what_comes_next_is_open_and_there_is_one_while_any_is(given_works: list[Work], follows: bool) -> None:
    accepted = [w for w in given_works if w.state is State.ACCEPTED]
    chosen = recommend(given_works, {"trees": ("arrays",)}, accepted[0] if follows and accepted else None)
    open_ones = [w for w in given_works if w.state is not State.ACCEPTED]
    assert (chosen is None) == (not open_ones)
    assert chosen is None or (chosen.work in open_ones and chosen.topic)


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


def test_a_tally_counts_problems_once_and_sums_what_was_done() -> None:
    found = tally(
        [
            work("a", State.ACCEPTED, tries=2, active_s=60.0, active_at=NOON),
            work("b", State.TRIED, tries=3, active_s=30.0, active_at=NOON + timedelta(hours=1)),
            work("c"),
        ]
    )
    assert found == Tally(solved=1, attempted=2, total=3, tries=5, active_s=90.0, active_at=NOON + timedelta(hours=1))
    assert found.tried == 1
    assert tally([]) == Tally(0, 0, 0, 0, 0.0, None)


def test_tallies_by_difficulty_and_kind_share_all_problems_among_them() -> None:
    works = [work("a", label="sql"), work("b", State.ACCEPTED, label="quiz", difficulty=2), work("c", label="sql")]
    assert {level: found.total for level, found in by_difficulty(works).items()} == {0: 2, 2: 1}
    assert [(label, found.solved, found.total) for label, found in by_label(works).items()] == [
        ("sql", 0, 2),
        ("quiz", 1, 1),
    ]


def test_what_was_begun_is_listed_latest_first() -> None:
    earlier = work("a", State.TRIED, active_at=NOON)
    later = work("b", State.TRIED, active_at=NOON + timedelta(hours=1))
    assert begun([earlier, work("c", State.ACCEPTED, active_at=NOON), work("d"), later]) == [later, earlier]
