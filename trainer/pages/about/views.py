"""How judging works, the words of the product, accessibility: promises, said where they can be checked."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from trainer.pages.about.glossary import GROUPS, MEANINGS

blueprint = Blueprint("about", __name__, template_folder="templates")


@blueprint.get("/how-judging-works")
def judging() -> ResponseReturnValue:
    return render_template("about/judging.html", meanings=MEANINGS)


@blueprint.get("/help/words")
def glossary() -> ResponseReturnValue:
    return render_template("about/glossary.html", groups=GROUPS)


@blueprint.get("/accessibility")
def accessibility() -> ResponseReturnValue:
    return render_template("about/accessibility.html")
