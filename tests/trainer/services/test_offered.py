"""What a function may be written in is what its installation offers, whatever there was when it was published."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from sandbox.languages import languages
from tests.factories import make_package, publish_package
from trainer.bank import stored
from trainer.config import Config
from trainer.db import LANGUAGES
from trainer.models import ProblemVersion
from trainer.services import contents, sorts

ALL = tuple(languages())


def test_a_version_of_an_earlier_release_is_offered_in_all_languages(session: Session) -> None:
    version = publish_package(session, make_package())
    found = contents.content(session, version)
    early = replace(found, starters={"python": "# as it was published\n"})
    session.execute(sa.update(ProblemVersion).values(content=stored.write(early), digest="early"))
    session.refresh(version)
    starters = contents.content(session, version).starters
    assert tuple(starters) == ALL
    assert starters["python"] == "# as it was published\n"
    assert all(starters.values())


def test_no_language_is_offered_that_the_installation_leaves_out(session: Session) -> None:
    version = publish_package(session, make_package())
    assert contents.content(session, version).languages == ALL
    session.info[LANGUAGES] = (ALL[-1],)
    assert contents.content(session, version).languages == (ALL[-1],)
    del session.info[LANGUAGES]
    assert contents.content(session, version).languages == ALL


@pytest.mark.parametrize("name", ALL)
def test_a_function_is_judged_in_a_box_of_its_language(name: str) -> None:
    assert sorts.needs("function", name) == name
    assert sorts.needs("function") == sorts.needs("function", "no language") == "python"
    assert sorts.needs("sql", name) == "data"
    assert name in sorts.met_by([name])


def test_workers_make_boxes_of_what_is_offered() -> None:
    assert sorts.of_installation(Config(TRAINER_LANGUAGES="python").offered) == ("data", "python", "service")
    assert sorts.of_installation(Config().offered) == sorts.SORTS == ("data", *ALL, "service")
    assert "python" in sorts.of_installation([ALL[-1]]), "hidden data is made in Python"
