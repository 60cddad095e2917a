"""News reaches those who subscribe to its topic, and nobody else; what comes between two looks is not missed."""

from __future__ import annotations

import threading

from trainer.work.news import Inbox, News, submission_topic, upload_topic

LONG_S = 60


def test_news_that_came_before_the_wait_is_not_missed() -> None:
    news = News()
    with Inbox(news, "a", "b") as inbox:
        news.publish("a")
        news.publish("a")
        assert inbox.take(LONG_S) == {"a"}
        news.publish("b")
        assert inbox.take(LONG_S) == {"b"}
        assert inbox.take(0) == set()


def test_news_wakes_who_waits_for_its_topic_alone() -> None:
    news, heard = News(), []
    with Inbox(news, "a") as inbox:
        thread = threading.Thread(target=lambda: heard.append(inbox.take(LONG_S)))
        thread.start()
        news.publish("b")
        news.publish("a")
        thread.join(LONG_S)
    assert heard == [{"a"}]


def test_a_closed_inbox_wakes_who_waits_and_leaves_nothing_behind() -> None:
    news = News()
    inbox = Inbox(news, "a")
    thread = threading.Thread(target=inbox.take, args=(LONG_S,))
    thread.start()
    inbox.close()
    thread.join(LONG_S)
    assert not thread.is_alive()
    assert news.topics == frozenset()


def test_a_topic_that_is_dropped_is_not_heard_of() -> None:
    news = News()
    with Inbox(news, "a", "b") as inbox:
        news.publish("a")
        inbox.drop("a")
        news.publish("a")
        assert inbox.take(0) == set()
        assert news.topics == {"b"}


def test_lost_news_is_news_of_all_topics() -> None:
    news = News()
    with Inbox(news, "a", "b") as inbox:
        news.tell_all()
        assert inbox.take(0) == {"a", "b"}


def test_what_is_published_is_carried_and_what_is_told_is_not() -> None:
    news, carried = News(), []
    news.carry = carried.append
    news.publish("a")
    news.tell("b")
    assert carried == ["a"]


def test_a_submission_and_an_upload_have_topics_of_their_own() -> None:
    assert len({submission_topic(1), submission_topic(11), upload_topic(1)}) == 3
