"""Members, their loans and their payments."""

from flask import Blueprint, Response, jsonify

from library import lending, queries
from library.db import transaction, unique
from library.errors import found
from library.shapes import loan_json, member_json
from library.validation import Body, Page

routes = Blueprint("members", __name__)


@routes.post("/members")
def add_member() -> tuple[Response, int]:
    body = Body()
    name, email = body.text("name"), body.email("email")
    with unique("email_taken", "Another member has this address."), transaction() as connection:
        member_id = queries.add_member(connection, name, email)
        member = found(queries.find_member(connection, member_id), "member")
    return jsonify(member_json(member)), 201


@routes.get("/members/<int:member_id>")
def show_member(member_id: int) -> Response:
    with transaction() as connection:
        return jsonify(member_json(found(queries.find_member(connection, member_id), "member")))


@routes.get("/members/<int:member_id>/loans")
def list_loans(member_id: int) -> Response:
    page = Page.from_query()
    with transaction() as connection:
        found(queries.find_member(connection, member_id), "member")
        loans = queries.list_loans(connection, member_id, page)
    return jsonify(page.answer([loan_json(loan) for loan in loans]))


@routes.post("/members/<int:member_id>/payments")
def pay(member_id: int) -> Response:
    amount_cents = Body().number("amount_cents", most=1_000_000)
    with transaction() as connection:
        return jsonify(member_json(lending.pay(connection, member_id, amount_cents)))
