"""How judging works, and what the pages do for accessibility: promises, said where they can be checked."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from sandbox.model import Verdict

blueprint = Blueprint("about", __name__, template_folder="templates")

MEANINGS = {
    Verdict.ACCEPTED: "Every case passes",
    Verdict.WRONG_ANSWER: "A value differs from the expected one",
    Verdict.TIME_LIMIT_EXCEEDED: "Too much CPU time in a case",
    Verdict.MEMORY_LIMIT_EXCEEDED: "Too much memory in a case",
    Verdict.OUTPUT_LIMIT_EXCEEDED: "Printed or returned too much",
    Verdict.RUN_TIME_ERROR: "The program stopped: an exception, an exit, a signal",
    Verdict.COMPILE_ERROR: "The code is no program, or does not define what is asked for",
    Verdict.JUDGE_ERROR: "Our fault. It is tried again by itself and costs you no try",
}


@blueprint.get("/how-judging-works")
def judging() -> ResponseReturnValue:
    return render_template("about/judging.html", meanings=MEANINGS)


@blueprint.get("/accessibility")
def accessibility() -> ResponseReturnValue:
    return render_template("about/accessibility.html")
