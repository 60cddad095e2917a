"""Nobody has all event streams, and all together have so many."""

from trainer.web.stream_limit import StreamLimit


def test_streams_run_out_and_come_back() -> None:
    limit = StreamLimit(2)
    assert [limit.take(holder, 2) for holder in "abc"] == [True, True, False]
    limit.give_back("a")
    assert limit.take("c", 2)
    assert limit.open == 2


def test_nobody_has_all_streams() -> None:
    limit = StreamLimit(10)
    assert [limit.take("a", 3) for _ in range(5)] == [True, True, True, False, False]
    assert limit.take("b", 3)
    limit.give_back("a")
    assert limit.take("a", 3)
