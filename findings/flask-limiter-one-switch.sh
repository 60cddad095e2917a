#!/usr/bin/env bash
# Flask-Limiter: one extension object has one switch. Whichever application was set up last turns limits on or off for all.
#
# Expected: with Flask's pattern of an extension object at module level and `init_app` in a factory, RATELIMIT_ENABLED is a
#   setting of each application, as every other setting is.
# Happens: `init_app` keeps the value on the extension object. Once a second application is made with RATELIMIT_ENABLED
#   False, the first one no longer limits anything; and the other way round.
# Seen with: Flask-Limiter 4.1.1, Flask 3.1.3. Source: flask_limiter/_extension.py, `init_app` and the check before requests.
# Why it matters here: commands and tests make several applications in one process. Tests of limits passed or failed by what
#   had been made before them; who shares applications must set `limiter.enabled` each time.
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

limiter = Limiter(get_remote_address, storage_uri="memory://")


def create_app(name, limits):
    app = Flask(name)
    app.config["RATELIMIT_ENABLED"] = limits
    limiter.init_app(app)

    @app.get("/")
    @limiter.limit("2 per minute")
    def index():
        return "served"

    return app


def statuses(app):
    client = app.test_client()
    return [client.get("/").status_code for _ in range(4)]


print("Flask-Limiter", version("flask-limiter"), "Flask", version("flask"))
limited = create_app("limited", True)
print("alone:", statuses(limited))
limited = create_app("limited", True)
create_app("unlimited", False)
print("beside one without limits:", statuses(limited), "its own setting:", limited.config["RATELIMIT_ENABLED"])
PYTHON

seen=$("$folder/venv/bin/python" "$folder/try.py")
echo "$seen"
grep -qF 'alone: [200, 200, 429, 429]' <<<"$seen"
grep -qF 'beside one without limits: [200, 200, 200, 200] its own setting: True' <<<"$seen"
