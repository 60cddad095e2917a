"""Geometry of the progress picture."""

from __future__ import annotations

from trainer.learning.progress import TopicRow
from trainer.pages.progress.bars import BAR_WIDTH, LABEL_WIDTH, draw


def row(topic: str, solved: int, attempted: int, total: int) -> TopicRow:
    return TopicRow(topic, solved, attempted, total, tries=attempted, active_at=None, next=None)


def test_bars_share_one_scale() -> None:
    picture = draw([row("arrays", 1, 2, 4), row("trees", 1, 1, 1)])
    long, short = picture.bars
    assert long.end == LABEL_WIDTH + BAR_WIDTH
    assert short.end == LABEL_WIDTH + BAR_WIDTH / 4
    assert [piece.css for piece in long.pieces] == ["done", "open", "rest"]
    assert sum(piece.width for piece in long.pieces) == BAR_WIDTH


def test_nothing_is_drawn_for_nothing() -> None:
    assert [piece.css for piece in draw([row("trees", 0, 0, 2)]).bars[0].pieces] == ["rest"]
    assert draw([]).bars == ()
