"""Tickets and comments as JSON, search, and the export."""

import csv
import io
from datetime import datetime, timezone

from flask import Blueprint, Response, jsonify, request

from desk import queries
from desk.db import Connection, transaction
from desk.errors import Forbidden, NotFound
from desk.queries import Row
from desk.sessions import current_user, is_agent
from desk.validation import Body, query_number

routes = Blueprint("tickets", __name__)

LONGEST_TEXT = 5000
EXPORTED = ("id", "customer", "subject", "status", "priority", "created_at")


@routes.post("/tickets")
def open_ticket() -> tuple[Response, int]:
    user, body = current_user(), Body()
    subject, text = body.text("subject"), body.text("body", LONGEST_TEXT)
    priority = body.number("priority", 1, 3, default=2)
    with transaction() as connection:
        ticket_id = queries.add_ticket(connection, user["id"], subject, text, priority)
        ticket = visible_ticket(connection, user, ticket_id)
    return jsonify(ticket_json(ticket)), 201


@routes.get("/tickets")
def list_tickets() -> Response:
    user = current_user()
    sort = request.args.get("sort", "created_at")
    with transaction() as connection:
        tickets = queries.list_tickets(connection, whose(user), sort)
    return jsonify({"items": [ticket_json(ticket) for ticket in tickets]})


@routes.get("/tickets/<int:ticket_id>")
def show_ticket(ticket_id: int) -> Response:
    user = current_user()
    with transaction() as connection:
        return jsonify(ticket_json(visible_ticket(connection, user, ticket_id)))


@routes.get("/search")
def search() -> Response:
    user = current_user()
    with transaction() as connection:
        tickets = queries.search_tickets(connection, whose(user), request.args.get("q", ""))
    return jsonify({"items": [ticket_json(ticket) for ticket in tickets]})


@routes.post("/tickets/<int:ticket_id>/comments")
def add_comment(ticket_id: int) -> tuple[Response, int]:
    user, body = current_user(), Body()
    text, internal = body.text("body", LONGEST_TEXT), body.flag("internal")
    if internal and not is_agent(user):
        raise Forbidden("Only agents write internal notes.")
    with transaction() as connection:
        visible_ticket(connection, user, ticket_id)
        comment = queries.add_comment(connection, ticket_id, user["id"], text, internal)
    return jsonify(comment_json(comment)), 201


@routes.get("/tickets/<int:ticket_id>/comments")
def list_comments(ticket_id: int) -> Response:
    user = current_user()
    with transaction() as connection:
        if queries.find_ticket(connection, ticket_id) is None:
            raise NotFound("ticket")
        comments = queries.list_comments(connection, ticket_id, with_internal=is_agent(user))
    return jsonify({"items": [comment_json(comment) for comment in comments]})


@routes.get("/export.csv")
def export() -> Response:
    user = current_user()
    customer_id = query_number("customer_id") or whose(user)
    with transaction() as connection:
        tickets = queries.list_tickets(connection, customer_id, "created_at")
    out = io.StringIO()
    writer = csv.DictWriter(out, EXPORTED, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(ticket_json(ticket) for ticket in tickets)
    return Response(out.getvalue(), mimetype="text/csv")


def whose(user: Row) -> int | None:
    """The customer whose tickets this user sees; None for agents, who see all."""
    return None if is_agent(user) else user["id"]


def visible_ticket(connection: Connection, user: Row, ticket_id: int) -> Row:
    """A ticket that this user may see. Others do not exist for them."""
    ticket = queries.find_ticket(connection, ticket_id)
    if ticket is None or whose(user) not in (None, ticket["customer_id"]):
        raise NotFound("ticket")
    return ticket


def ticket_json(ticket: Row) -> dict[str, object]:
    keys = ("id", "customer_id", "customer", "subject", "body", "status", "priority")
    return {**{key: ticket[key] for key in keys}, "created_at": moment_json(ticket["created_at"])}


def comment_json(comment: Row) -> dict[str, object]:
    keys = ("id", "ticket_id", "author", "body", "internal")
    return {**{key: comment[key] for key in keys}, "created_at": moment_json(comment["created_at"])}


def moment_json(moment: datetime) -> str:
    return moment.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
