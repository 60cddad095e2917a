"""The routes: HTTP in, HTTP out."""

import os

import bodies
import ledger
from errors import Refused
from flask import Flask, jsonify, request

app = Flask(__name__)


@app.post("/accounts")
def open_account():
    owner = bodies.read_owner(bodies.read_object(request.get_data()))
    return jsonify(ledger.open_account(owner)), 201


@app.get("/accounts/<int:number>")
def show_account(number):
    return jsonify(ledger.account(number))


@app.post("/accounts/<int:number>/deposits")
def deposit(number):
    amount_cents = bodies.read_amount(bodies.read_object(request.get_data()))
    return jsonify(ledger.deposit(number, amount_cents)), 201


@app.get("/accounts/<int:number>/statement")
def statement(number):
    return jsonify(ledger.statement(number))


@app.post("/transfers")
def transfer():
    key = bodies.read_key(request.headers)
    order = bodies.read_order(bodies.read_object(request.get_data()))
    status, answer = ledger.transfer(key, order)
    return jsonify(answer), status


@app.errorhandler(Refused)
def refused(error):
    return jsonify(error.body), error.status


if __name__ == "__main__":
    ledger.make_tables()
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]), threaded=True)
