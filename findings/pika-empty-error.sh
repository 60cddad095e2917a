#!/usr/bin/env bash
# pika: the error of a connection that is refused says nothing: its text is empty.
#
# Expected: `str(error)` says that the connection was refused, as pika does where the password is wrong.
# Happens: its only argument is an AMQPConnectorSocketConnectError, which keeps the system's error as an attribute and out of
#   its own arguments. So the text of both is empty; only `repr` tells. `__cause__` is None.
# Seen with: pika 1.4.4. Source: pika/exceptions.py, pika/adapters/utils/connection_workflow.py.
# Why it matters here: a log that says why a broker is away would say "why=" for the most frequent reason of all.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pika==1.4.4

cat >"$folder/try.py" <<'PYTHON'
import logging
import socket

import pika

logging.disable(logging.CRITICAL)
with socket.socket() as bound:  # nobody listens on it
    bound.bind(("127.0.0.1", 0))
    parameters = pika.ConnectionParameters("127.0.0.1", bound.getsockname()[1])
    try:
        pika.BlockingConnection(parameters)
    except pika.exceptions.AMQPConnectionError as error:
        print("the text of the error:", repr(str(error)))
        print("what it holds:", error.args, "and its cause:", error.__cause__)
        print("empty though it was refused:", not str(error) and "Connection refused" in repr(error.args))
PYTHON

seen=$("$folder/venv/bin/python" "$folder/try.py")
echo "$seen"
grep -q '^empty though it was refused: True$' <<<"$seen"
