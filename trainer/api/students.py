"""Mentors see students, and help those who cannot sign in."""

from __future__ import annotations

from flask import Blueprint

from trainer.api import people
from trainer.api.models.accounts import AccountDetail, AccountLink, AccountList, StudentQuery
from trainer.api.spec import describe
from trainer.db import db
from trainer.errors import NotFound
from trainer.models import Role, User
from trainer.services import directory
from trainer.services.directory import Search
from trainer.web.security import mentor

blueprint = Blueprint("api_students", __name__, url_prefix="/api/v1/mentor/students")


@blueprint.before_request
def _mentors_only() -> None:
    """Before anything is said of what was sent."""
    mentor()


@blueprint.get("")
@describe("listStudents", "mentors", AccountList, refuses=[403], headers=["Link"], etag=True)
def list_students(query: StudentQuery) -> tuple[AccountList, int, dict[str, str]]:
    """The students of this place: 50 a page."""
    search = Search(text=query.q, role=Role.STUDENT, state=query.state or "", order=query.sort)
    return people.page(directory.listed(db.session, mentor(), search, number=query.page))


@blueprint.get("/<int:user_id>")
@describe("getStudent", "mentors", AccountDetail, refuses=[403], etag=True)
def get_student(user_id: int) -> AccountDetail:
    """A student, with what they have done."""
    return people.detail(_student(user_id))


@blueprint.post("/<int:user_id>/link")
@describe("createStudentLink", "mentors", AccountLink, status=201, refuses=[403, 409])
def make_link(user_id: int) -> tuple[AccountLink, int]:
    """Make a link for a student who cannot sign in. Earlier ones of this account end.

    Give it to them alone: whoever opens it gets the account.
    """
    return people.new_link(mentor(), _student(user_id))


def _student(user_id: int) -> User:
    """Of an admin, too: what mentors do is done to students alone. Raises NotFound."""
    user = directory.find(db.session, mentor(), user_id)
    if user.role is not Role.STUDENT:
        raise NotFound("There is no such student.")
    return user
