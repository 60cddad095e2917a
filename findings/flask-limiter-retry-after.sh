#!/usr/bin/env bash
# Flask-Limiter: headers_enabled puts Retry-After on answers that are no refusals.
#
# Expected: Retry-After stands on 429 (and 503), where RFC 9110, section 10.2.3, gives it a meaning; X-RateLimit-* on all.
# Happens: every answer of a limited route carries Retry-After, 200 and 201 too, with the seconds until the window ends.
# Seen with: Flask-Limiter 4.1.1, Flask 3.1.3. Source: flask_limiter/_extension.py, where headers are written after each request.
# Why it matters here: a client that obeys the header waits a minute before it asks for the verdict of what it sent, or
#   sends the next request.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check flask-limiter==4.1.1 flask==3.1.3

cat >"$folder/try.py" <<'PYTHON'
from importlib.metadata import version

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

app = Flask("try")
limiter = Limiter(get_remote_address, app=app, storage_uri="memory://", headers_enabled=True)


@app.post("/runs")
@limiter.limit("30 per minute")
def run():
    return {"id": 1}, 201


answer = app.test_client().post("/runs")
print("Flask-Limiter", version("flask-limiter"), "Flask", version("flask"))
print("status", answer.status_code, "remaining", answer.headers["X-RateLimit-Remaining"])
print("Retry-After on it:", "Retry-After" in answer.headers)
PYTHON

seen=$("$folder/venv/bin/python" "$folder/try.py")
echo "$seen"
grep -q '^status 201 remaining 29$' <<<"$seen"
grep -q '^Retry-After on it: True$' <<<"$seen"
