"""Lending, renewing, returning."""

from flask import Blueprint, Response, jsonify

from library import lending, queries
from library.config import settings
from library.db import transaction
from library.errors import found
from library.shapes import loan_json
from library.validation import Body

routes = Blueprint("loans", __name__)


@routes.post("/loans")
def lend() -> tuple[Response, int]:
    body = Body()
    member_id, copy_id, lent_at = body.number("member_id"), body.number("copy_id"), body.past_moment("lent_at")
    with transaction() as connection:
        loan = lending.lend(connection, settings(), member_id, copy_id, lent_at)
    return jsonify(loan_json(loan)), 201


@routes.get("/loans/<int:loan_id>")
def show_loan(loan_id: int) -> Response:
    with transaction() as connection:
        return jsonify(loan_json(found(queries.find_loan(connection, loan_id), "loan")))


@routes.post("/loans/<int:loan_id>/renew")
def renew(loan_id: int) -> Response:
    with transaction() as connection:
        return jsonify(loan_json(lending.renew(connection, settings(), loan_id)))


@routes.post("/loans/<int:loan_id>/return")
def give_back(loan_id: int) -> Response:
    with transaction() as connection:
        return jsonify(loan_json(lending.give_back(connection, settings(), loan_id)))
