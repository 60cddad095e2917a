"""The phases of a request that writes: its body arrives, it is checked who asks, and only then a transaction writes.

SQLite lets one transaction write at a time, so nobody may hold that one while a slow client sends, or while a password
is hashed. Before a view runs its request may only read. The view's own first query begins the transaction that writes;
it ends with the view, or where the view commits: what is slow stands before the one or after the other.
"""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
import structlog
from flask import Flask, Response, g, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import orm
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import BadRequest

from trainer.db import db, may_be_repeated, will_write
from trainer.web.runtime import forget_unsent, send_committed

log = structlog.get_logger()

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_MARK = "writes_from_here"


def init_reading(app: Flask) -> None:
    """Must come before whatever looks at a request: its body is read first, and its answer is the last to commit."""
    app.before_request(_read_body)
    app.after_request(_end)
    with app.app_context():
        sa.event.listen(db.sessionmaker, "do_orm_execute", lambda state: _begin(state.session))
        sa.event.listen(db.sessionmaker, "before_flush", lambda session, _context, _objects: _begin(session))


def init_writing(app: Flask) -> None:
    """Must come after whatever may refuse a request."""
    app.before_request(_let_write)
    app.dispatch_request = _repeated(app.dispatch_request)  # type: ignore[method-assign]  # Flask's place for it


def save() -> None:
    """Commit what the view has written; what follows in it only reads. For pages that show what they have changed."""
    db.session.info.pop(_MARK, None)
    db.session.commit()
    g.saved = True


def undo() -> None:
    """Write nothing of what the view began; what follows in it only reads. For pages that tell why not."""
    db.session.info.pop(_MARK, None)
    db.session.rollback()


def _read_body() -> None:
    """No later step waits for the client. Views raise the limit of a body before this, when their address is known."""
    request.get_data(parse_form_data=True)
    if None in request.form or None in request.files:  # whatever the types say: a part may have no name
        raise BadRequest("A part of the form has no name.")


def _let_write() -> None:
    """End what was read so far. The next query, which is the view's, begins anew as a transaction that writes."""
    if request.method in SAFE:
        return
    session = db.session
    user = current_user._get_current_object() if current_user.is_authenticated else None
    session.commit()
    session.expunge_all()  # what was read before is old by then; of the account nothing is read again
    if user is not None:
        session.add(user)
    session.info[_MARK] = g.writes = True


def _repeated(dispatch: Callable[[], ResponseReturnValue]) -> Callable[[], ResponseReturnValue]:
    """Calls the view once more where its transaction met another one.

    Views change the database and nothing else before the end of the request, with one exception: what is tried out
    in a console runs in a box, and is not asked twice. Nor is a view that has saved already.
    """

    def answer() -> ResponseReturnValue:
        try:
            return dispatch()
        except DBAPIError as error:
            can_be_asked = g.get("writes") and not g.get("saved") and request.blueprint != "api_consoles"
            if not (can_be_asked and may_be_repeated(error)):
                raise
            log.warning("a transaction met another one; it is tried again", path=request.path, why=str(error.orig))
        _forget()
        return dispatch()

    return answer


def _forget() -> None:
    """What the first attempt has read, noted and consumed."""
    db.session.rollback()
    db.session.info[_MARK] = True
    forget_unsent()
    for file in request.files.values():
        file.seek(0)


def _begin(session: orm.Session) -> None:
    if session.info.pop(_MARK, False):
        will_write(session)


def _end(response: Response) -> Response:
    if g.pop("writes", False):
        if response.status_code < 400:
            save()
            send_committed()
        else:
            undo()
    return response
