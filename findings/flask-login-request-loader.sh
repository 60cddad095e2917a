#!/usr/bin/env bash
# Flask-Login: a key in a header is not looked at while the browser has a "remember me" cookie.
#
# Expected: a request loader, which reads an API key from a header, is asked whenever no user is in the session; the
#   documentation presents it beside the user loader, for clients that send no cookies.
# Happens: where a remember cookie is there, only that cookie is read, and the request loader is not called, even if the
#   cookie turns out to be of nobody. The same key works from a client without cookies.
# Seen with: Flask-Login 0.6.3, Flask 3.1.3, Werkzeug 3.1.9. Source: flask_login/login_manager.py, LoginManager._load_user: an
#   if/elif over cookie, request loader and header loader.
# Why it matters here: a program that sends its key through a browser's session is somebody else, or nobody, by chance.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check flask-login==0.6.3 flask==3.1.3 werkzeug==3.1.9

cat >"$folder/try.py" <<'PYTHON'
from importlib.metadata import version

from flask import Flask
from flask_login import LoginManager, UserMixin, current_user, login_user

app = Flask("try")
app.secret_key = "only for this script"
manager = LoginManager(app)


class User(UserMixin):
    def __init__(self, name):
        self.id = name


manager.user_loader(lambda name: User(name) if name == "ada" else None)


@manager.request_loader
def by_key(request):
    return User("bo") if request.headers.get("Authorization") == "Bearer key-of-bo" else None


@app.get("/sign-in")
def sign_in():
    login_user(User("gone"), remember=True)
    return ""


@app.get("/who")
def who():
    return current_user.id if current_user.is_authenticated else "nobody"


key = {"Authorization": "Bearer key-of-bo"}
plain, remembered = app.test_client(), app.test_client()
remembered.get("/sign-in")  # of an account that is no more
remembered.delete_cookie("session")
print("Flask-Login", version("flask-login"))
print("key alone:              ", plain.get("/who", headers=key).text)
print("key and remember cookie:", remembered.get("/who", headers=key).text)
PYTHON

seen=$("$folder/venv/bin/python" "$folder/try.py")
echo "$seen"
grep -q '^key alone: *bo$' <<<"$seen"
grep -q '^key and remember cookie: *nobody$' <<<"$seen"
