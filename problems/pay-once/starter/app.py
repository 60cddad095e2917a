"""A wallet. This listens, and reads and opens accounts in its own memory, which is not enough; the rest is yours."""

import os

import psycopg
from flask import Flask, jsonify, request

app = Flask(__name__)
accounts = {}


def connect():
    """A connection whose `with` block is one transaction."""
    return psycopg.connect(os.environ["DATABASE_URL"])


@app.post("/accounts")
def open_account():
    account = {"id": len(accounts) + 1, "owner": request.json["owner"], "balance_cents": 0}
    accounts[account["id"]] = account
    return jsonify(account)


@app.post("/transfers")
def transfer():
    return jsonify(error="not_written_yet"), 501


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ.get("PORT", "8000")), threaded=True)
