"""Exchange rates for the shop: what a client sees."""

import math
import os
import re

from flask import Flask, jsonify

from book import RateBook
from provider import Failure, Provider, UnknownBase
from store import Store

BASE = re.compile(r"[A-Z]{3}")

app = Flask(__name__)
book = RateBook(
    Provider.from_env(os.environ),
    Store(os.environ["DATABASE_URL"]),
    ttl_s=float(os.environ["TTL_S"]),
    pause_s=float(os.environ["PAUSE_S"]),
)


def error(status, code, message):
    answer = jsonify(error={"code": code, "message": message})
    answer.status_code = status
    return answer


@app.get("/healthz")
def health():
    return {"status": "ok"}


@app.get("/rates/<base>")
def rates(base):
    if not BASE.fullmatch(base):
        return error(400, "invalid_base", "A base is three capital letters, like USD.")
    copy, stale = book.read(base)
    return {"base": base, "rates": copy.rates, "stale": stale, "age_s": round(copy.age_s(), 3)}


@app.errorhandler(UnknownBase)
def unknown_base(_):
    return error(404, "unknown_base", "The provider has no rates for this base.")


@app.errorhandler(Failure)
def failed(failure):
    answer = error(failure.status, failure.code, failure.message)
    if failure.wait_s is not None:
        answer.headers["Retry-After"] = str(math.ceil(failure.wait_s))
    return answer


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]), threaded=True)
