"""The drawing of a schema: what is pointed at stands left, nothing overlaps, words say the same."""

from __future__ import annotations

from itertools import combinations

from trainer.bank.flaws import Flaws
from trainer.bank.problem import Schema
from trainer.bank.schema import read_schema
from trainer.pages.problem.drawing import Box, draw_schema

SCHEMA = """
CREATE TABLE people (id int PRIMARY KEY, boss int REFERENCES people (id));
CREATE TABLE teams (id int PRIMARY KEY, name text);
CREATE TABLE members (team_id int REFERENCES teams (id), person_id int REFERENCES people (id), since date NOT NULL,
                      PRIMARY KEY (team_id, person_id));
CREATE TABLE badges (id int PRIMARY KEY, team_id int, person_id int,
                     FOREIGN KEY (team_id, person_id) REFERENCES members (team_id, person_id));
"""


def test_tables_stand_right_of_those_that_they_point_at() -> None:
    drawing = draw_schema(Schema(read_schema(SCHEMA, Flaws("x"))))
    at = {box.name: box.x for box in drawing.boxes}
    assert at["people"] == at["teams"] < at["members"] < at["badges"]
    assert len(drawing.lines) == 4
    assert not any(overlap(a, b) for a, b in combinations(drawing.boxes, 2))
    assert all(box.x + box.width <= drawing.width and box.y + box.height <= drawing.height for box in drawing.boxes)
    assert "members.team_id points at teams, column id." in drawing.words
    assert "people.boss points at people, column id." in drawing.words


def test_one_small_table_is_not_blown_up() -> None:
    small = "CREATE TABLE prices (product text PRIMARY KEY, price numeric NOT NULL);"
    drawings = [draw_schema(Schema(read_schema(script, Flaws("x")))) for script in (small, SCHEMA)]
    assert [drawing.is_wide for drawing in drawings] == [False, True]


def overlap(a: Box, b: Box) -> bool:
    return a.x < b.x + b.width and b.x < a.x + a.width and a.y < b.y + b.height and b.y < a.y + a.height
