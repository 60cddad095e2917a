"""Makes small packages, accounts and published problems for tests."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from trainer.bank.files import Package, package
from trainer.bank.interviews import Criterion, Disclosure, Format, Interviews, SpokenQuestion, Step, TaskRule
from trainer.bank.package import read_package
from trainer.bank.problem import Problem
from trainer.models import ProblemVersion, Role, Submission, User
from trainer.services import accounts, judging, passwords, publishing, work, workers
from trainer.services.sorts import SORTS
from trainer.services.work import Claim

PASSWORD = "correct horse battery"

PROBLEM = """---
title: {title}
kind: function
difficulty: {difficulty}
topics: [{topics}]
signature: "double(number: int) -> int"
complexity: {{time: O(1), space: O(1)}}
reveal: {reveal}
minutes: 3
warm_up: {warm_up}
known_as: {known_as}
---

Write `double`: return twice the {secret_word}. {statement}

### Example

```python
double(3)
# 6
```
"""


def make_package(slug: str = "double", **changes: Any) -> Package:
    """A package that doubles a number: one sample, three hidden cases."""
    words = {
        "title": slug.replace("-", " ").capitalize(),
        "difficulty": "easy",
        "topics": "arrays",
        "reveal": "full",
        "warm_up": "false",
        "secret_word": "number",
        "known_as": "[]",
        "statement": "",
    } | changes
    files = {
        "problem.md": PROBLEM.format(**words),
        "hints.md": "## What is twice?\n\nAdd it to itself.\n\n## Is there an operator?\n\nThere is.\n",
        "solution.md": "## Approach 1: multiply\n\nMultiply by two: O(1).\n",
        "data/sample.yaml": "- {name: three, args: {number: 3}, expected: 6}\n",
        "data/secret.yaml": (
            "- {name: nothing, args: {number: 0}, expected: 0}\n"
            "- {name: below zero, args: {number: -4}, expected: -8}\n"
            "- {name: large, args: {number: 1000000}, expected: 2000000}\n"
        ),
        "submissions/accepted/times.py": "def double(number):\n    return 2 * number\n",
        "submissions/wrong_answer/square.py": (
            "# mistake: It squares.\n# fails: below zero\ndef double(number):\n    return number * number\n"
        ),
    }
    return package(slug, {path: text.encode() for path, text in files.items()})


QUIZ = """---
title: {title}
kind: quiz
difficulty: easy
topics: [http]
reveal: {reveal}
minutes: 4
---

Six questions about a small API.
"""

QUESTIONS = """
- name: what a created thing answers
  type: single
  ask: "`POST /things` went well. Which status?"
  choices:
    - text: "`201 Created`"
      right: true
      why: It names what there is now.
    - text: "`200 OK`"
      why: It says less than it could.
    - text: "`404 Not Found`"
      why: Something was found, or made.
- name: what may be sent twice
  type: multiple
  ask: Which of these may be sent again?
  choices:
    - text: "`PUT` of a whole thing"
      right: true
      why: It says what shall be.
    - text: "`POST` of an order"
      why: It makes another order.
    - text: "`DELETE` of a thing"
      right: true
      why: Gone is gone.
- name: from request to answer
  type: order
  ask: Put them in order.
  items: [the request arrives, the handler runs, the answer leaves]
  why: An answer needs a question.
- name: who says what
  type: match
  ask: Match them.
  pairs:
    - left: nobody is signed in
      right: "`401`"
      why: It asks who you are.
    - left: signed in, but not allowed
      right: "`403`"
      why: It knows who you are.
  others: ["`418`"]
- name: the header with the address
  type: text
  ask: Which header names the new thing?
  accept: [Location, "Location:"]
  why: A client follows it.
  wrong:
    - answer: ETag
      why: That names a version.
- name: how long it waits
  type: number
  ask: Five tries of 3.5 seconds?
  answer: 17.5
  unit: seconds
  why: Five times 3.5.
  wrong:
    - answer: 5
      why: That counts the tries.
"""


def make_quiz(slug: str = "small-quiz", **changes: Any) -> Package:
    """A quiz with one question of each type."""
    words = {"title": slug.replace("-", " ").capitalize(), "reveal": "full"} | changes
    files = {"problem.md": QUIZ.format(**words), "questions.yaml": words.get("questions", QUESTIONS)}
    return package(slug, {path: text.encode() for path, text in files.items()})


def lay(folder: Path, package: Package) -> None:
    """Write a package into a bank's folder."""
    for path, data in package.files.items():
        (folder / package.slug / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / package.slug / path).write_bytes(data)


def publish(session: Session, slug: str = "double", **changes: Any) -> None:
    publish_package(session, make_package(slug, **changes))


def publish_package(session: Session, made: Package) -> ProblemVersion:
    """Publish a package. One with the same files is read once in a process: reading takes longer than storing."""
    key = (made.slug, made.digest)
    if key not in _READ:
        _READ[key] = read_package(made.files, made.slug)
    return publishing.publish(session, made, content=_READ[key])


_READ: dict[tuple[str, str], Problem] = {}


def make_user(session: Session, email: str = "mira@example.org", role: Role = Role.STUDENT) -> User:
    user = accounts.sign_up(session, email=email, name="Mira Okafor", password=passwords.new(PASSWORD))
    user.role = role
    session.flush()
    return user


def claimed(session: Session, submission: Submission, lease_s: float = 30.0) -> Claim:
    """The claim of a judge on a submission that waits, whatever else waits before it."""
    held = work.take(session, judging.WORK[submission.purpose], submission.id, "a worker", lease_s)
    assert held is not None
    assert judging.begin(session, submission.id)
    return held


def make_worker(
    session: Session,
    *,
    away: Collection[str] = ("service",),
    message: str = "",
    why: str = "its image is not built",
    why_single: str = "",
    warm: int = 3,
) -> None:
    """A worker that is there without some sorts of boxes, and why. Its engine is away where there is a message."""
    about = workers.About("judge-7", "1.0", judges=2, max_boxes=16, max_memory_mib=6400)
    sorts = () if message else tuple(sort for sort in SORTS if sort not in away)
    troubles = {sort: message or why for sort in SORTS if sort not in sorts}
    engine = workers.EngineState(not message, message, why_single, sorts, troubles)
    workers.beat(session, "7", about, engine, warm)


def small_interviews() -> Interviews:
    """Formats of the packages above: two tasks with samples, one told at once, one told nothing, and a talk."""
    two = TaskRule(minutes=10, kinds=("function",), points=40, efficiency=10)
    one = TaskRule(minutes=10, kinds=("function",), points=100)
    step = Step("plan", "Plan", 3, "How do you go about it?")
    level = ("No.", "Yes.")
    rubric = (Criterion("solving", "Problem solving", level), Criterion("code", "Code", level))
    words = TaskRule(minutes=5, question="project")
    made = (
        Format("pair-20", "Pair-20", "Two small tasks.", 1, 20, Disclosure.SAMPLES, (two, two), (), rubric, ("Read.",)),
        Format("live-10", "Live-10", "Told at once.", 2, 10, Disclosure.LIVE, (one,), (), rubric),
        Format("silent-10", "Silent-10", "Told nothing.", 3, 10, Disclosure.NONE, (one,), (step,), rubric),
        Format("talk-10", "Talk-10", "Words.", 4, 10, Disclosure.NONE, (words,), (), rubric),
    )
    asked = SpokenQuestion("what-broke", "project", "What broke first?", ("It names one thing.", "With figures."))
    return Interviews(made, (asked,))
