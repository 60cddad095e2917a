"""Interviews: what is offered, the lobby, the room, and everything in it that is a form."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trainer import kinds
from trainer.bank.causes import ANSWER
from trainer.bank.interviews import Format, format_of
from trainer.clock import now
from trainer.db import db
from trainer.errors import Busy, Invalid, NotFound, TrainerError
from trainer.learning.interview import FACTORS, length_of
from trainer.learning.scoring import FORMULA, TERMS
from trainer.models import Interview, Purpose
from trainer.pages.asked import wants_fragment
from trainer.pages.by_kind import render_by_kind
from trainer.pages.interviews.report import lay_out_report
from trainer.pages.interviews.room import Talk, lay_out_task, letter_of, place_of, show, with_latest
from trainer.pages.pager import asked_page, pager_of
from trainer.pages.problem import chosen
from trainer.pages.problem.files import UNNAMED, lacks_cause
from trainer.pages.problem.own import to_run, typed_case
from trainer.services import catalogue, submissions
from trainer.services.interviews import again, drawing, history, rubric, scores, sending, sitting, state, takeout, texts
from trainer.web.downloads import send_made
from trainer.web.links import full_link
from trainer.web.runtime import runtime, send_after_commit
from trainer.web.security import SAVE_LIMIT, SEND_LIMIT, limiter, signed_in
from trainer.web.transactions import save

blueprint = Blueprint("interviews", __name__, url_prefix="/interviews", template_folder="templates")

SCORE = {"formula": FORMULA, "terms": TERMS}
BOX = "box:"


@blueprint.app_template_filter("letter")
def _letter(number: int) -> str:
    return letter_of(number)


@blueprint.app_template_filter("interview_title")
def _title(interview: Interview) -> str:
    return state.title_of(interview)


@blueprint.get("")
def index() -> ResponseReturnValue:
    user = signed_in()
    done = sitting.listed_over(db.session, user.id, asked_page())
    offers = drawing.offers(db.session, user.id, runtime().interviews, _kinds())
    possible = [offer.format.id for offer in offers if offer.possible]
    return render_template(
        "interviews/index.html",
        offers=offers,
        recommended=history.recommended(history.by_format(db.session, user.id), possible),
        demo=drawing.DEMO,
        running=state.running(db.session, user.id),
        done=done.items,
        pager=pager_of(done, anchor="done"),
        scores={one.id: scores.score_of(db.session, one) for one in done.items},
        moment=now(),
    )


@blueprint.get("/new/<format_id>")
def lobby(format_id: str) -> ResponseReturnValue:
    """What it will be, a checklist, and Start."""
    user, wanted = signed_in(), _known(format_id)
    running = state.running(db.session, user.id)
    return render_template(
        "interviews/lobby.html",
        format=wanted,
        demo=drawing.DEMO,
        factor=user.time_factor,
        factors=FACTORS,
        length=length_of(wanted.minutes, user.time_factor),
        running=running,
        lack="" if running else drawing.lack(db.session, user.id, wanted, runtime().interviews),
    )


@blueprint.post("/new/<format_id>")
@limiter.limit("30 per hour")
def start(format_id: str) -> ResponseReturnValue:
    minute = timedelta(seconds=runtime().config.interview_minute_s)
    interview = sitting.start(db.session, signed_in(), format_id, runtime().interviews, minute=minute)
    return redirect(url_for("interviews.task", interview_id=interview.id, number=1), 303)


@blueprint.get("/<int:interview_id>")
def interview(interview_id: int) -> ResponseReturnValue:
    """The room while it runs, then the report."""
    user = signed_in()
    found = rubric.readable(db.session, user.id, interview_id)
    if not state.is_over(found):
        return redirect(url_for("interviews.task", interview_id=interview_id, number=1))
    return render_template("interviews/report.html", report=lay_out_report(db.session, found, user), link="", **SCORE)


@blueprint.get("/<int:interview_id>/files.zip")
def files(interview_id: int) -> ResponseReturnValue:
    """Everything that was typed and sent, as files; for its student alone."""
    found = _own(interview_id)
    if not state.is_over(found):
        raise NotFound("There are files when the interview is over.")
    name = f"{found.format_id}-{found.started_at:%Y-%m-%d}.zip"
    return send_made(lambda file: takeout.archive(db.session, found, file), name, "application/zip")


@blueprint.post("/<int:interview_id>/rubric")
@limiter.limit(SAVE_LIMIT)
def fill_rubric(interview_id: int) -> ResponseReturnValue:
    """What the student, or the reader whom the student invited, says of the interview."""
    user = signed_in()
    found = rubric.readable(db.session, user.id, interview_id)
    for criterion in format_of(found.format).rubric:
        level = request.form.get(criterion.id, type=int)
        if level is not None:
            remark = request.form.get(f"remark:{criterion.id}", "")
            rubric.fill(db.session, found, user.id, criterion.id, level, remark)
    flash("The rubric is saved.", "good")
    return redirect(url_for("interviews.interview", interview_id=interview_id, _anchor="rubric"), 303)


@blueprint.post("/<int:interview_id>/reader")
@limiter.limit("20 per hour")
def invite(interview_id: int) -> ResponseReturnValue:
    """Make a link by which one other person reads the report, or take it back."""
    found = _own(interview_id)
    if request.form.get("how") == "withdraw":
        rubric.withdraw(db.session, found)
        return redirect(url_for("interviews.interview", interview_id=interview_id, _anchor="rubric"), 303)
    link = full_link("interviews.read", token=rubric.invite(db.session, found))
    save()
    report = lay_out_report(db.session, found, signed_in())
    return render_template("interviews/report.html", report=report, link=link, **SCORE)


@blueprint.get("/read/<token>")
def read(token: str) -> ResponseReturnValue:
    """The link of an invitation: says whose interview it is, and asks before it is used up."""
    signed_in()
    return render_template("interviews/read.html", token=token)


@blueprint.post("/read/<token>")
@limiter.limit("30 per hour")
def begin_reading(token: str) -> ResponseReturnValue:
    interview_id = rubric.open_by_link(db.session, signed_in(), token)
    return redirect(url_for("interviews.interview", interview_id=interview_id), 303)


@blueprint.get("/<int:interview_id>/tasks/<int:number>")
def task(interview_id: int, number: int) -> ResponseReturnValue:
    found = _own(interview_id)
    if state.is_over(found):
        return redirect(url_for("interviews.interview", interview_id=interview_id))
    return _room(found, number)


@blueprint.post("/<int:interview_id>/tasks/<int:number>/sent")
@limiter.limit(SEND_LIMIT)
def send(interview_id: int, number: int) -> ResponseReturnValue:
    """Run, Submit or Save without scripts. What was typed is kept, and comes back where it is refused."""
    found = _own(interview_id)
    one = sitting.task(found, number)
    for name, text in request.form.items():
        if name.startswith(BOX):
            at, _, box = name.removeprefix(BOX).partition(":")
            texts.save(db.session, found, _number(at), box, text.replace("\r\n", "\n"), base_revision=0, force=True)
    place: dict[str, Any] = {"interview_id": interview_id, "number": number}
    here = url_for("interviews.task", **place)
    if one.version is None or request.form.get("action") == "save":
        return redirect(here, 303)
    content = catalogue.content(db.session, one.version)
    source = kinds.get(content.kind).from_form(content, request.form.to_dict(flat=False))
    language = chosen.written_in()
    purpose = Purpose.RUN if request.form.get("action") == "run" else Purpose.SUBMIT
    own = typed_case(request.form)
    try:
        texts.save(db.session, found, number, language, source, base_revision=0, force=True)
        if request.form.get("action") == "switch":
            return redirect(url_for(".task", **place, language=request.form.get("language"), _anchor="code"), 303)
        if request.form.get("action") == "submit" and lacks_cause(content, source):
            return redirect(f"{here}?unnamed=1#code", 303)
        sent = sending.send(
            db.session,
            found,
            number,
            language=language,
            source=source,
            purpose=purpose,
            own_inputs=to_run(own, ()) if purpose is Purpose.RUN else [],
        )
    except (Invalid, Busy) as error:
        flash(str(error), "bad")
        return redirect(here, 303)
    send_after_commit(sent.id)
    if not sending.tells(found, sent):
        flash(f"Task {letter_of(number)} is submitted. Its verdict comes with the report.", "good")
    return redirect(here, 303)


@blueprint.get("/<int:interview_id>/tasks/<int:number>/sent/<int:submission_id>/result")
def result(interview_id: int, number: int, submission_id: int) -> ResponseReturnValue:
    """What changes in the room when a run or submission is judged: only what the format lets be said."""
    found = _own(interview_id)
    one = sitting.task(found, number)
    submission = submissions.own(db.session, sending.author(found, one), submission_id)
    desk = lay_out_task(db.session, found, one, submission.language)
    if isinstance(desk, Talk):
        raise NotFound("A question has no results.")
    if not sending.tells(found, submission):
        return render_template("interviews/received.html", submission=submission, desk=desk)
    shown = show(db.session, found, one, submission)
    return render_by_kind(shown.kind, "submissions/fragment.html", shown=shown, desk=desk)


@blueprint.get("/<int:interview_id>/tasks/<int:number>/sent/<int:submission_id>")
def sent(interview_id: int, number: int, submission_id: int) -> ResponseReturnValue:
    """What was submitted for a task, to be read and opened again."""
    found = _own(interview_id)
    if state.is_over(found):
        return redirect(url_for("interviews.interview", interview_id=interview_id))
    this = again.find(db.session, found, number, submission_id)
    return render_template(
        "interviews/sent_part.html" if wants_fragment() else "interviews/sent.html",
        interview=found,
        number=number,
        this=this,
        text=submissions.to_read(db.session, this.submission),
    )


@blueprint.post("/<int:interview_id>/tasks/<int:number>/sent/<int:submission_id>/open")
@limiter.limit(SAVE_LIMIT)
def open_sent(interview_id: int, number: int, submission_id: int) -> ResponseReturnValue:
    """What was submitted for a task stands in its room again."""
    found = _own(interview_id)
    this = again.open_again(db.session, found, number, submission_id)
    flash(f"This is try {this.number}. What stood here and was not submitted is in the scratchpad.", "good")
    place: dict[str, Any] = {"interview_id": interview_id, "number": number}
    return redirect(url_for(".task", **place, language=this.submission.language, _anchor="code"), 303)


@blueprint.get("/<int:interview_id>/end")
def ask_end(interview_id: int) -> ResponseReturnValue:
    return render_template("interviews/end.html", interview=_own(interview_id))


@blueprint.post("/<int:interview_id>/end")
@limiter.limit(SAVE_LIMIT)
def end(interview_id: int) -> ResponseReturnValue:
    """Hand in, or leave."""
    found = _own(interview_id)
    leaves = request.form.get("how") == "abandon"
    for submission_id in (sitting.abandon if leaves else sitting.hand_in)(db.session, found):
        send_after_commit(submission_id)
    return redirect(url_for("interviews.interview", interview_id=interview_id), 303)


def _room(found: Interview, number: int, error: TrainerError | None = None) -> ResponseReturnValue:
    one = sitting.task(found, number)
    place = place_of(found, one)
    desk = lay_out_task(db.session, found, one, chosen.asked(), chosen.remembered(place))
    clock = state.clock_of(found)
    about = {"interview": found, "clock": clock, "moment": now(), "left": clock.left(now())}
    if isinstance(desk, Talk):
        return render_template("interviews/talk.html", talk=desk, room=desk.room, **about)
    desk = with_latest(db.session, found, one, desk)
    if "unnamed" in request.args and lacks_cause(desk.content, desk.source):
        desk = replace(desk, error=UNNAMED, error_field=ANSWER)
    kind = desk.content.kind
    under = f"problem/{kind}.html" if kind in ("service", "debug", "quiz") else "problem/problem.html"
    page = render_template("interviews/room.html", desk=desk, under=under, tab="statement", **about)
    return chosen.keep(page, place, desk.language)


def _number(text: str) -> int:
    """Of a task. Raises NotFound."""
    if not (text.isascii() and text.isdecimal() and len(text) < 4):
        raise NotFound("There is no such task.")
    return int(text)


def _own(interview_id: int) -> Interview:
    return sitting.own(db.session, signed_in().id, interview_id)


def _known(format_id: str) -> Format:
    found = drawing.DEMO if format_id == drawing.DEMO.id else runtime().interviews.find(format_id)
    if found is None or (found is not drawing.DEMO and not found.kinds <= _kinds()):
        raise NotFound(f"There is no interview {format_id[:40]!r}.")
    return found


def _kinds() -> set[str]:
    return {kind.NAME for kind in kinds.KINDS}
