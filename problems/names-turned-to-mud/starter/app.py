"""The members' register of a choir federation: HTTP in, JSON and CSV out."""

from __future__ import annotations

import logging
import os
import secrets
import time
from dataclasses import asdict
from typing import Any

from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException

import store
from errors import Refused
from files import read_people, write_people
from people import person_of

app = Flask(__name__)
log = logging.getLogger("register")


@app.get("/health")
def health() -> Any:
    with store.connect() as db:
        db.execute("SELECT 1")
    return {"status": "ok"}


@app.post("/people")
def add_person() -> Any:
    fields = request.get_json(force=True, silent=True)
    if not isinstance(fields, dict):
        raise Refused(422, "the body must be a JSON object")
    person = person_of(fields)
    with store.connect() as db:
        store.save(db, [person])
    return asdict(person), 201


@app.get("/people/<email>")
def show_person(email: str) -> Any:
    with store.connect() as db:
        person = store.find(db, email)
    if person is None:
        raise Refused(404, "there is no such person")
    return asdict(person)


@app.delete("/people/<email>")
def remove_person(email: str) -> Any:
    with store.connect() as db:
        if not store.remove(db, email):
            raise Refused(404, "there is no such person")
    return "", 204


@app.post("/imports")
def import_people() -> Any:
    if request.mimetype != "text/csv":
        raise Refused(415, "send a file of type text/csv")
    people = read_people(request.get_data(), request.mimetype_params.get("charset"))
    with store.connect() as db:
        store.save(db, people)
    log.info("%s imported %s people from %s bytes", g.id, len(people), request.content_length)
    return {"imported": len(people)}


@app.get("/export")
def export_people() -> Any:
    with store.connect() as db:
        content = write_people(store.everybody(db))
    headers = {"Content-Disposition": 'attachment; filename="people.csv"'}
    return Response(content, mimetype="text/csv", headers=headers)


@app.before_request
def begin() -> None:
    g.id, g.began = secrets.token_hex(4), time.monotonic()


@app.after_request
def write_log(response: Response) -> Response:
    ms = round((time.monotonic() - g.began) * 1000)
    said = request.content_type or "-"
    log.info("%s %s %s %s %d ms [%s]", g.id, request.method, request.path, response.status_code, ms, said)
    return response


@app.errorhandler(Refused)
def answer_refused(error: Refused) -> Any:
    log.warning("%s refused: %s", g.id, error.sentence)
    return {"error": error.sentence}, error.status


@app.errorhandler(HTTPException)
def answer_http(error: HTTPException) -> Any:
    return {"error": error.name.lower()}, error.code or 500


@app.errorhandler(Exception)
def answer_error(error: Exception) -> Any:
    log.exception("%s %s %s failed", g.id, request.method, request.path)
    return {"error": "internal error", "request_id": g.id}, 500


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)-7s %(message)s")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    store.create_tables()
    log.info("ready on port %s", os.environ["PORT"])
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]), threaded=True)


if __name__ == "__main__":
    main()
