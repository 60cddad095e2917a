#!/usr/bin/env bash
# requests: a request fails with KeyError when another thread sets or removes an environment variable at the same moment.
#
# Expected: the environment is read for proxies when a session is made, or not at all for an address that no proxy serves.
# Happens: every request walks through all of os.environ (twice, in urllib's getproxies_environment). os.environ lists its
#   names first and looks each one up afterwards, so a variable that is removed in between raises KeyError out of the
#   request. With `session.trust_env = False` nothing is read.
# Seen with: requests 2.34.2, Python 3.11. Source: requests/sessions.py, merge_environment_settings; os.py, _Environ.__iter__.
# Why it matters here: the Docker SDK's client is such a session, also for a socket. pytest sets PYTEST_CURRENT_TEST anew for
#   each phase of a test, and a thread that removed containers at that moment ended with the name of that variable.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check requests==2.34.2

cat >"$folder/try.py" <<'PYTHON'
import os
import sys
import threading
import time
from importlib.metadata import version

import requests

MOST_S = 60


class Answers(requests.adapters.BaseAdapter):
    """Answers without a network."""

    def send(self, request, **_):
        response = requests.Response()
        response.status_code, response.url, response.request = 200, request.url, request
        return response

    def close(self):
        pass


def change():
    while not done.is_set():
        os.environ["CHANGES"] = "x"
        os.environ.pop("CHANGES", None)


def failures(trust_env, enough, seconds):
    """Names of errors, until there are enough of them or the time is over."""
    session = requests.Session()
    session.mount("http://", Answers())
    session.trust_env = trust_env
    seen, until = [], time.monotonic() + seconds
    while len(seen) < enough and time.monotonic() < until:
        try:
            session.get("http://127.0.0.1/")
        except KeyError as error:
            seen.append(f"KeyError: {error}")
    return seen


print("requests", version("requests"), "Python", sys.version.split()[0])
sys.setswitchinterval(1e-5)
done = threading.Event()
thread = threading.Thread(target=change)
thread.start()
try:
    began = time.monotonic()
    trusting = failures(True, 3, MOST_S)
    took = time.monotonic() - began
    print("by default:", sorted(set(trusting)), "seen" if trusting else "")
    print("trust_env = False:", failures(False, 1, max(2.0, min(took, 10.0))))
finally:
    done.set()
    thread.join()
PYTHON

seen=$("$folder/venv/bin/python" "$folder/try.py")
echo "$seen"
grep -qF "by default: [\"KeyError: 'CHANGES'\"] seen" <<<"$seen"
grep -qF 'trust_env = False: []' <<<"$seen"
