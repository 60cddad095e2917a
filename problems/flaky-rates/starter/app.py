"""Exchange rates for the shop. It works on a sunny day."""

import os

import httpx
from flask import Flask

app = Flask(__name__)
UPSTREAM_URL = os.environ["UPSTREAM_URL"]


@app.get("/healthz")
def health():
    return {"status": "ok"}


@app.get("/rates/<base>")
def rates(base):
    # No key, no time limit, no second try, no copy. What happens here if the provider answers 503?
    answer = httpx.get(f"{UPSTREAM_URL}/v1/rates/{base}", timeout=None)
    return {"base": base, "rates": answer.json()["rates"]}


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]), threaded=True)
