"""The page of a ticket, and what its forms do."""

import re

from flask import Blueprint, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from desk import queries
from desk.db import transaction
from desk.sessions import current_user, is_agent
from desk.tickets import LONGEST_TEXT, visible_ticket
from desk.validation import text_of

routes = Blueprint("pages", __name__)

_LINK = re.compile(r"https?://\S+")


@routes.get("/tickets/<int:ticket_id>/page")
def show(ticket_id: int) -> str:
    user = current_user()
    with transaction() as connection:
        ticket = visible_ticket(connection, user, ticket_id)
        comments = queries.list_comments(connection, ticket_id, with_internal=is_agent(user))
    return render_template("ticket.html", user=user, ticket=ticket, comments=comments)


@routes.post("/tickets/<int:ticket_id>/reply")
def reply(ticket_id: int) -> AnyResponse:
    user = current_user()
    text = text_of(request.form.get("body"), "body", LONGEST_TEXT)
    with transaction() as connection:
        visible_ticket(connection, user, ticket_id)
        queries.add_comment(connection, ticket_id, user["id"], text, internal=False)
    return _back_to(ticket_id)


@routes.post("/tickets/<int:ticket_id>/close")
def close(ticket_id: int) -> AnyResponse:
    user = current_user()
    with transaction() as connection:
        visible_ticket(connection, user, ticket_id)
        queries.close_ticket(connection, ticket_id)
    return _back_to(ticket_id)


@routes.app_template_filter()
def rich(text: str) -> Markup:
    """Typed text as HTML: line breaks stay, addresses become links."""
    linked = _LINK.sub(lambda found: f'<a href="{found[0]}">{found[0]}</a>', text)
    return Markup(linked.replace("\n", "<br>\n"))


@routes.app_template_global()
def badge(name: str, role: str) -> Markup:
    """A name, marked where it is an agent's."""
    return Markup(f'<b class="{role}">{name}</b>')


def _back_to(ticket_id: int) -> AnyResponse:
    return redirect(url_for("pages.show", ticket_id=ticket_id), 303)
