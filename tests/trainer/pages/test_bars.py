"""Geometry of the progress picture."""

from __future__ import annotations

from trainer.learning.progress import TopicRow
from trainer.pages.progress.bars import BAR_WIDTH, LEAST_LABEL_WIDTH, draw


def row(topic: str, solved: int, attempted: int, total: int) -> TopicRow:
    return TopicRow(topic, solved, attempted, total, tries=attempted, active_at=None, next=None)


def test_bars_share_one_scale() -> None:
    picture = draw([row("arrays", 1, 2, 4), row("trees", 1, 1, 1)], str)
    long, short = picture.bars
    assert long.end == LEAST_LABEL_WIDTH + BAR_WIDTH
    assert short.end == LEAST_LABEL_WIDTH + BAR_WIDTH / 4
    assert [piece.css for piece in long.pieces] == ["done", "open", "rest"]
    assert sum(piece.width for piece in long.pieces) == BAR_WIDTH


def test_nothing_is_drawn_for_nothing() -> None:
    assert [piece.css for piece in draw([row("trees", 0, 0, 2)], str).bars[0].pieces] == ["rest"]
    assert draw([], str).bars == ()


def test_the_longest_label_has_room() -> None:
    picture = draw([row("trees", 0, 1, 2)], lambda topic: "Keys, relationships and normalisation")
    assert picture.label_x > 37 * 7
    assert picture.bars[0].pieces[0].x == picture.label_x + 10
    assert picture.width - picture.bars[0].end == 80
