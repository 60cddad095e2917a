"""The pages of interviews: what is offered, a room that tells nothing, a report that tells all."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from sandbox.languages import languages
from tests.factories import publish, small_interviews
from tests.trainer.pages.conftest import WAIT_S, Visitor, html_of, text_of
from trainer.clock import now
from trainer.db import db
from trainer.models import Interview, Submission
from trainer.web.runtime import Runtime, runtime
from trainer.work.news import Inbox, submission_topic

RIGHT, WRONG = "def double(n): ...", "# answers 6 \n"


@pytest.fixture(autouse=True)
def formats(app: Flask, published: None) -> None:
    with app.app_context():
        runtime().interviews = small_interviews()
        with db.writing() as session:
            publish(session, "third", title="The third way")


def begin(student: Visitor, form: str = "pair-20") -> str:
    """The address of the first task's room."""
    student.get(f"/interviews/new/{form}")
    answer = student.post(f"/interviews/new/{form}")
    assert answer.status_code == 303
    return str(answer.location)


def test_the_list_says_why_problems_are_missing_and_leads_back(student: Visitor) -> None:
    assert "interview running" not in text_of(student.get("/problems"))
    begin(student)
    answer = student.get("/problems")
    assert "Problems that it could ask are back when it is over. Back to the room" in text_of(answer)
    assert 'class="btn" href="/interviews/1"' in answer.text


def drawn(app: Flask) -> list[str]:
    with app.app_context(), db.reading() as session:
        interview = session.scalars(sa.select(Interview).order_by(Interview.id.desc())).first()
        assert interview is not None
        return [task.version.title for task in interview.tasks if task.version]


def slugs(app: Flask) -> list[str]:
    with app.app_context(), db.reading() as session:
        interview = session.scalars(sa.select(Interview).order_by(Interview.id.desc())).first()
        assert interview is not None
        return [task.version.problem.slug for task in interview.tasks if task.version]


def judged(app: Flask, judges: Runtime) -> None:
    """Returns when everything that was sent is judged."""
    with app.app_context(), db.reading() as session:
        sent = list(session.scalars(sa.select(Submission.id)))
    for submission_id in sent:
        with Inbox(judges.news, submission_topic(submission_id)) as inbox:
            for _ in range(100):
                with app.app_context(), db.reading() as session:
                    if session.get_one(Submission, submission_id).status == "judged":
                        break
                inbox.take(WAIT_S / 100)
            else:
                raise AssertionError(f"not judged in {WAIT_S} s")


def test_guests_are_asked_to_sign_in(visitor: Visitor) -> None:
    assert "/sign-in" in visitor.get("/interviews").location


def test_formats_are_offered_with_their_time_and_the_room_can_be_tried(student: Visitor) -> None:
    page = student.get("/interviews")
    for words in ("Pair-20", "20 min", "2 tasks", "Talk-10", "1 question", "Try the demo", "None yet"):
        assert words in text_of(page)
    lobby = text_of(student.get("/interviews/new/pair-20"))
    for words in ("20 min, by the server’s clock", "A: Function to write, about 10 min, 50 points", "Start"):
        assert words in lobby
    assert student.get("/interviews/new/nothing").status_code == 404


def test_the_demo_can_be_repeated_and_counts_nowhere(student: Visitor) -> None:
    for _ in range(2):
        room = begin(student, "demo")
        number = re.search(r"/interviews/(\d+)/", room)
        assert number
        assert "Task A" in text_of(student.get(room))
        student.post(f"/interviews/{number[1]}/end", how="hand-in")
    assert "None yet" in text_of(student.get("/interviews"))


def test_the_room_is_neutral(student: Visitor, app: Flask) -> None:
    room = begin(student)
    assert room.endswith("/tasks/1")
    page = student.get(room)
    for title in drawn(app):
        assert title not in page.text
    for word in ("/problems/double", "Arrays", "Easy", "Is there an operator?", "Notes", "Attempts"):
        assert word not in html_of(page)
    for words in ("Task A", "left by the server’s clock", "verdicts come with the report", "Scratchpad"):
        assert words in text_of(page)


def test_practice_pages_say_that_a_problem_is_in_the_interview(student: Visitor, app: Flask) -> None:
    begin(student)
    titles = drawn(app)
    with app.app_context(), db.reading() as session:
        interview = session.scalars(sa.select(Interview)).one()
        slugs = [task.version.problem.slug for task in interview.tasks if task.version]
    for slug in slugs:
        answer = student.get(f"/problems/{slug}")
        assert answer.status_code == 409
        assert "in your interview" in text_of(answer)
        assert '<a class="btn main big" href="/interviews">Go to the interview</a>' in answer.text
    listed = student.get("/problems").text
    assert not any(title in listed for title in titles)
    assert "Back to the room" in text_of(student.get("/interviews"))


def test_without_scripts_an_answer_is_sent_kept_and_counted(student: Visitor, app: Flask, judges: Runtime) -> None:
    room = begin(student)
    sent = student.post(room.replace("/tasks/1", "/tasks/1/sent"), language="python", source=WRONG, action="submit")
    assert sent.status_code == 303
    page = text_of(student.get(room))
    assert "Task A is submitted. Its verdict comes with the report." in page
    assert "answers 6" in page
    judged(app, judges)
    number = re.search(r"/interviews/(\d+)/", room)
    assert number
    answer = student.post(f"/interviews/{number[1]}/end", how="hand-in")
    report = student.get(answer.location)
    words = text_of(report)
    assert "10 of 100" not in words
    for expected in ("Wrong answer", "0 of 3", "Task A", "How the score is made", "Practise next", drawn(app)[0]):
        assert expected in words


def test_a_report_without_answers_keeps_no_place_for_them(student: Visitor) -> None:
    number = re.search(r"/interviews/(\d+)/", begin(student))
    assert number
    report = text_of(student.get(student.post(f"/interviews/{number[1]}/end", how="hand-in").location))
    assert "Practise next Nothing was written for any task." in report
    assert "Your answers" not in report


def test_a_right_answer_has_all_points_of_its_task(student: Visitor, app: Flask, judges: Runtime) -> None:
    room = begin(student, "live-10")
    student.post(room + "/sent", language="python", source=RIGHT, action="submit")
    judged(app, judges)
    number = re.search(r"/interviews/(\d+)/", room)
    assert number
    words = text_of(student.get(student.post(f"/interviews/{number[1]}/end", how="hand-in").location))
    assert "100 of 100: the task is right Every hidden case passes." in words
    assert re.search(r"Live-10 .{0,40}handed in 100 ", text_of(student.get("/interviews")))


def test_at_the_bell_the_room_leads_to_the_report(student: Visitor) -> None:
    room = begin(student)
    with time_machine.travel(now() + timedelta(minutes=20, seconds=1), tick=True):
        assert student.get(room).location.endswith(room.split("/tasks")[0])
        assert "The time is over" in text_of(student.get(room.split("/tasks")[0]))


def test_where_nothing_is_told_samples_are_not_shown(student: Visitor) -> None:
    page = text_of(student.get(begin(student, "silent-10")))
    assert "no verdict before the end" in page
    assert "Sample cases" not in page
    assert "How do you go about it?" in page


def test_a_talk_shows_what_a_strong_answer_contains_only_afterwards(student: Visitor) -> None:
    room = begin(student, "talk-10")
    page = text_of(student.get(room))
    assert "What broke first?" in page
    assert "With figures." not in page
    student.post(room + "/sent", action="save", **{"box:1:words": "The queue broke first."})
    assert "The queue broke first." in text_of(student.get(room))
    number = re.search(r"/interviews/(\d+)/", room)
    assert number
    report = text_of(student.get(student.post(f"/interviews/{number[1]}/end", how="hand-in").location))
    for words in ("What you said", "The queue broke first.", "With figures."):
        assert words in report


def test_somebody_elses_room_and_report_are_not_there(student: Visitor, make_visitor: Callable[..., Visitor]) -> None:
    room = begin(student)
    other = make_visitor("bo@example.org")
    base = room.split("/tasks")[0]
    for path in (room, base, f"{base}/end"):
        assert other.get(path).status_code == 404
    assert other.post(f"{base}/end", how="hand-in").status_code == 404


# the rubric


def test_everything_of_an_interview_can_be_taken_away_as_files(
    student: Visitor, app: Flask, judges: Runtime, make_visitor: Callable[..., Visitor]
) -> None:
    room = begin(student)
    base = room.split("/tasks/")[0]
    assert student.get(f"{base}/files.zip").status_code == 404
    student.post(f"{room}/sent", action="submit", language="python", source=WRONG)
    judged(app, judges)
    student.post(f"{room}/sent", action="save", **{"box:0:scratchpad": "Lines may be empty."})
    student.post(f"{base}/end", how="hand-in")
    answer = student.get(f"{base}/files.zip")
    assert answer.mimetype == "application/zip"
    slug = slugs(app)[0]
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        files = {name.partition("/")[2]: archive.read(name).decode() for name in archive.namelist()}
    assert files[f"task-1-{slug}/01-submit-wrong-answer.py"] == WRONG
    assert files["typed-scratchpad.txt"] == "Lines may be empty."
    assert json.loads(files["report.json"])["tasks"][0]["problem"] == slug
    assert make_visitor("other@example.org").get(f"{base}/files.zip").status_code == 404


def finish(student: Visitor, form: str = "pair-20") -> str:
    """The address of the report of an interview that was begun and handed in."""
    base = begin(student, form).split("/tasks")[0]
    student.post(f"{base}/end", how="hand-in")
    return base


def link_of(student: Visitor, base: str) -> str:
    found = re.search(r'value="[^"]*(/interviews/read/[^"]+)"', student.post(f"{base}/reader", how="invite").text)
    assert found
    return found[1]


def test_an_invitation_leads_here_whatever_host_was_asked(student: Visitor) -> None:
    base = finish(student)
    student.get(base)
    client = student._client
    session = student.cookie("trainer")
    assert session is not None
    client.set_cookie("trainer", session, domain="evil.example")
    form = {"csrf_token": student._token, "how": "invite"}
    answer = client.post(f"{base}/reader", data=form, environ_overrides={"HTTP_HOST": "evil.example"})
    assert 'value="http://127.0.0.1:8000/interviews/read/' in answer.text
    assert "evil.example" not in answer.text


def test_the_student_fills_in_the_rubric(student: Visitor) -> None:
    base = finish(student)
    assert "Problem solving" in text_of(student.get(base))
    student.post(f"{base}/rubric", solving="1", **{"remark:solving": "I drew it first."})
    page = student.get(base)
    assert "yours: 1 of 1" in text_of(page)
    assert "I drew it first." in page.text


def test_an_invited_mentor_reads_the_report_and_fills_in_the_rubric(
    student: Visitor, make_visitor: Callable[..., Visitor]
) -> None:
    base = finish(student)
    link = link_of(student, base)
    mentor = make_visitor("jonas@example.org")
    assert mentor.get(base).status_code == 404
    assert mentor.get(link).status_code == 200
    assert mentor.get(base).status_code == 404, "looking at the link does not use it up"
    assert mentor.post(link).location.endswith(base)
    report = mentor.get(base)
    assert "Mira Okafor" in text_of(report)
    assert "Make a link" not in text_of(report)
    mentor.post(f"{base}/rubric", code="0", **{"remark:code": "Names say little."})
    words = text_of(student.get(base))
    assert "Names say little." in words
    assert "can read this report" in words


def test_a_link_is_for_one_reader_and_can_be_taken_back(student: Visitor, make_visitor: Callable[..., Visitor]) -> None:
    base = finish(student)
    link = link_of(student, base)
    first, second = make_visitor("a@example.org"), make_visitor("b@example.org")
    first.get(link)
    first.post(link)
    second.get(link)
    assert second.post(link).status_code == 403
    student.post(f"{base}/reader", how="withdraw")
    assert first.get(base).status_code == 404
    assert first.post(link).status_code == 404


@pytest.mark.parametrize(("level", "status"), [("2", 422), ("-1", 422), ("x", 303)])
def test_a_level_that_does_not_exist_is_not_kept(student: Visitor, level: str, status: int) -> None:
    base = finish(student)
    assert student.post(f"{base}/rubric", solving=level).status_code == status
    assert not re.search(r"yours: \d", text_of(student.get(base)))


def test_the_rubric_waits_for_the_end(student: Visitor) -> None:
    base = begin(student).split("/tasks")[0]
    assert student.post(f"{base}/rubric", solving="1").status_code == 422


def send(student: Visitor, room: str, source: str) -> int:
    """Submit without scripts; the number of what was sent."""
    assert student.post(f"{room}/sent", language="python", source=source, action="submit").status_code == 303
    found = re.findall(re.escape(room) + r"/sent/(\d+)\"", student.get(room).text)
    return max(map(int, found))


def test_what_was_submitted_is_opened_again_and_what_stood_there_is_kept(
    student: Visitor, app: Flask, judges: Runtime
) -> None:
    room = begin(student)
    first = send(student, room, WRONG)
    judged(app, judges)
    assert "answers 6" in student.get(f"{room}/sent/{first}").text
    room_id, number = (int(part) for part in re.findall(r"\d+", room))
    typed = {"source": "# typed since\n", "base_revision": 1, "device": "", "force": True}
    student.get(room)
    put = student._client.put(
        f"/api/v1/interviews/{room_id}/tasks/{number}/texts/python",
        json=typed,
        headers={"X-CSRFToken": student._token},
    )
    assert put.status_code == 200
    opened = student.post(f"{room}/sent/{first}/open")
    assert opened.location == f"{room}?language=python#code"
    page = student.get(room)
    assert "answers 6" in page.text.split('name="source"')[1].split("</textarea>")[0]
    assert "── Task A, what stood there before try 1 was opened ──\n\n# typed since" in page.text
    assert "Received" in text_of(page)
    assert "Wrong answer" not in text_of(page)


def test_of_another_task_or_person_nothing_is_opened(
    student: Visitor, app: Flask, judges: Runtime, make_visitor: Callable[..., Visitor]
) -> None:
    room = begin(student)
    first = send(student, room, WRONG)
    other = room.replace("/tasks/1", "/tasks/2")
    stranger = make_visitor("eve@example.org")
    for who, place in ((student, other), (stranger, room)):
        assert who.get(f"{place}/sent/{first}").status_code == 404
        assert who.post(f"{place}/sent/{first}/open").status_code == 404


def test_where_verdicts_are_told_at_once_they_stand_beside_each_try(
    student: Visitor, app: Flask, judges: Runtime
) -> None:
    room = begin(student, "live-10")
    number = send(student, room, WRONG)
    judged(app, judges)
    assert "1 Wrong answer" in text_of(student.get(room))
    result = student.get(f"{room}/sent/{number}/result", fragment=True).text
    assert "Result of try 1 of 1" in result
    assert "Open this code" in result


def test_a_task_is_answered_in_several_languages_and_the_report_says_which(
    student: Visitor, app: Flask, judges: Runtime
) -> None:
    first, other = next(iter(languages())), list(languages())[-1]
    room = begin(student)
    assert f'<option value="{first}" selected' in student.get(room).text
    form = {"source": WRONG, "written_in": first, "language": other, "action": "switch"}
    answer = student.post(f"{room}/sent", **form)
    assert answer.location.endswith(f"{room}?language={other}#code")
    page = student.get(f"{room}?language={other}").text
    assert f'<option value="{other}" selected' in page
    assert f"/texts/{other}" in page
    assert "answers 6" not in page
    assert f'<option value="{other}" selected' in student.get(room).text, "this browser remembers"
    student.post(f"{room}/sent", source=RIGHT, written_in=first, language=first, action="submit")
    judged(app, judges)
    number = re.search(r"/interviews/(\d+)/", room)
    assert number
    student.post(f"/interviews/{number[1]}/end", how="hand-in")
    judged(app, judges)
    assert f"The submission that counted, in {languages()[first].title}" in text_of(
        student.get(f"/interviews/{number[1]}")
    )
