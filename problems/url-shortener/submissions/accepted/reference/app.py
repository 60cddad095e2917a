"""The routes: HTTP in, HTTP out."""

import os

import checks
import links
from errors import Refused
from flask import Flask, Response, jsonify, request

app = Flask(__name__)


@app.post("/links")
def create_link():
    body = checks.read_object(request.get_data())
    url = checks.check_url(body.get("url"))
    own_code = checks.check_code(body.get("code"))
    expires_in_s = checks.check_lifetime(body.get("expires_in_s"))
    code, token = links.create(url, own_code, expires_in_s)
    return jsonify(code=code, url=url, token=token), 201


@app.get("/<code>")
def visit(code):
    url = links.visit(code)
    return Response(status=302, headers={"Location": url, "Cache-Control": "no-store"})


@app.get("/links/<code>")
def show_link(code):
    link = links.find(code)
    return jsonify(code=link["code"], url=link["url"], visits=link["visits"])


@app.delete("/links/<code>")
def delete_link(code):
    links.delete(code, bearer_token())
    return "", 204


def bearer_token():
    """What stands in Authorization, or None."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


@app.errorhandler(Refused)
def refused(error):
    answer = jsonify(error.body)
    if error.status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer, error.status


if __name__ == "__main__":
    links.make_tables()
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]), threaded=True)
