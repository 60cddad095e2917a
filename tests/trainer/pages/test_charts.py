"""Geometry of the pictures of progress."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from trainer.learning.activity import calendar
from trainer.pages.progress.charts import LEFT, LINE_HEIGHT, LINE_WIDTH, STEP, draw_calendar, draw_line


@given(today=st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_every_day_has_a_cell_of_its_own_and_months_never_touch(today: date) -> None:
    picture = draw_calendar(calendar({today: 3}, today))
    places = {(cell.x, cell.y) for cell in picture.cells}
    assert len(places) == len(picture.cells)
    assert max(x for x, _ in places) + STEP <= picture.width
    assert picture.cells[-1].words == f"{today:%-d %b %Y}: 3"
    months = [label.x for label in picture.labels if label.x]
    assert all(b - a >= 3 * STEP for a, b in pairwise(months))
    assert all(LEFT <= x <= picture.width - 2 * STEP for x in months)


def test_the_months_are_named_in_their_order() -> None:
    weeks = calendar({}, date(2026, 5, 3) + timedelta(days=1))
    assert [label.words for label in draw_calendar(weeks).labels][3:] == ["Nov", "Dec", "Jan", "Feb", "Mar", "Apr"]


@given(scores=st.lists(st.integers(0, 100), min_size=1, max_size=20))
def test_scores_lie_inside_their_picture_and_a_higher_one_lies_higher(scores: list[int]) -> None:
    points = draw_line(scores).points
    assert all(0 < x < LINE_WIDTH and 0 < y < LINE_HEIGHT for x, y in points)
    heights = sorted(zip(scores, (y for _, y in points), strict=True))
    assert all(low >= high for (_, low), (_, high) in pairwise(heights))
