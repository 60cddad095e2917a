"""The task board over HTTP: read the request, ask the store, answer."""

import os

import rules
import store
from flask import Flask, jsonify, request, url_for
from werkzeug.exceptions import BadRequest, HTTPException, NotFound, UnsupportedMediaType

CODES = {
    400: "malformed_json",
    404: "not_found",
    405: "method_not_allowed",
    415: "unsupported_media_type",
}
app = Flask(__name__)


@app.post("/tasks")
def create_task():
    task = store.add(rules.whole(read_body()))
    return jsonify(task), 201, {"Location": url_for("read_task", task_id=task["id"])}


@app.get("/tasks")
def list_tasks():
    items, following = store.page(**rules.page(request.args))
    return jsonify(items=items, next=following)


@app.get("/tasks/<int:task_id>")
def read_task(task_id):
    return jsonify(found(store.get(task_id)))


@app.put("/tasks/<int:task_id>")
def replace_task(task_id):
    return jsonify(found(store.change(task_id, rules.whole(read_body()))))


@app.patch("/tasks/<int:task_id>")
def change_task(task_id):
    return jsonify(found(store.change(task_id, rules.part(read_body()))))


@app.delete("/tasks/<int:task_id>")
def delete_task(task_id):
    found(store.delete(task_id))
    return "", 204


def read_body():
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    body = request.get_json()
    if not isinstance(body, dict):
        raise BadRequest
    return body


def found(task):
    if not task:
        raise NotFound
    return task


@app.errorhandler(rules.Invalid)
def invalid(error):
    return jsonify(error="invalid", fields=error.fields), 422


@app.errorhandler(HTTPException)
def refused(error):
    """The framework's own answer with our body; its headers stay, Allow among them."""
    answer = error.get_response()
    answer.data = jsonify(error=CODES.get(error.code, "failed")).data
    answer.content_type = "application/json"
    return answer


if __name__ == "__main__":
    store.make_tables()
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]), threaded=True)
