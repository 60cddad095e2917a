"""Short links. This listens and has PostgreSQL and Redis at hand; the routes are yours."""

import os

import psycopg
import redis
from flask import Flask, jsonify

app = Flask(__name__)
cache = redis.Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)


def connect():
    """A connection whose `with` block is one transaction."""
    return psycopg.connect(os.environ["DATABASE_URL"])


@app.post("/links")
def create_link():
    return jsonify(error="creating links is not written yet"), 501


@app.get("/<code>")
def visit(code):
    return jsonify(error=f"{code} leads nowhere yet"), 501


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ.get("PORT", "8000")), threaded=True)
